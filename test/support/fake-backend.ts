import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Backend } from '../../main/backend/backend.ts';
import type { Platform } from '../../main/backend/platform.ts';

/** What the fake answers to each channel; channels need not be of the contract. */
export type Answers = Readonly<Record<string, (args: unknown) => unknown>>;

/** A backend that remembers what it was asked. */
export interface FakeBackend extends Backend {
  readonly calls: { readonly channel: string; readonly args: unknown }[];
  readonly emit: Platform['emit'];
  closeCount: number;
}

export function createFakeBackend(emit: Platform['emit'], answers: Answers = {}): FakeBackend {
  const backend: FakeBackend = {
    calls: [],
    emit,
    closeCount: 0,
    call: async (channel, args): Promise<Result<unknown, Failure<FailureCode>>> => {
      backend.calls.push({ channel, args });
      const answer = answers[channel];
      return answer ? ok(await answer(args)) : failure('bad-arguments', `No channel ${channel}`);
    },
    close: async () => {
      backend.closeCount += 1;
    },
  };
  return backend;
}
