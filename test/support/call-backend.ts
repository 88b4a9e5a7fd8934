import { join } from 'node:path';
import { expect } from 'vitest';
import { createBackend, type Backend } from '../../main/backend/backend.ts';
import { contract, type Channel } from '../../shared/contract.ts';
import type { Failure, Result } from '../../shared/result.ts';

/** The folder `assets`. */
export const ASSETS = join(import.meta.dirname, '../../assets');

/** A backend as `airlock serve` has it, that keeps what it keeps in a folder of the test. */
export function backendIn(
  dataDir: string,
  emit: (name: string, payload: unknown) => void,
): Backend {
  return createBackend({ shell: 'serve', assetsDir: ASSETS, version: '1.2.3', dataDir, emit });
}

/** Calls a channel, and holds the reply against the contract's schema. */
export async function callBackend<T>(
  backend: Backend,
  channel: Channel,
  args: unknown,
): Promise<T> {
  const reply = (await backend.call(channel, args)) as Result<T, Failure>;
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  expect(contract[channel].reply.safeParse(reply.value).error).toBeUndefined();
  return reply.value;
}

/** Calls a channel that has to refuse. */
export async function failureOfCall(
  backend: Backend,
  channel: string,
  args: unknown,
): Promise<Failure> {
  const reply = await backend.call(channel, args);
  if (reply.ok) throw new Error('The call was answered');
  return reply.error;
}
