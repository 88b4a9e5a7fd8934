import type { HelperWay } from '../../shared/binding.ts';
import { failure } from '../../shared/result.ts';
import type { HelperWatch } from '../binding/run/run-helper.ts';
import { driveHelper, type DrivenCall, type DriveResult } from './drive-helper.ts';
import { findHelper, helperAccess, sudoLine } from './helper-access.ts';
import type { OpenedHost } from './host-shelf.ts';

/** The host that a plan is for, and how the helper is had to work there. */
export interface HelperSeat {
  readonly way: HelperWay;
  run(call: DrivenCall, watch: HelperWatch): Promise<DriveResult>;
}

/** Finds out whether the host of a reading can be reached, and how. */
export async function findSeat({ request }: OpenedHost, assetsDir: string): Promise<HelperSeat> {
  switch (request.kind) {
    case 'live':
    case 'live-privileged':
      return seatHere(assetsDir);
    case 'path':
      return request.path.startsWith('ssh://') ? seatThere(request.path, assetsDir) : NOWHERE;
    case 'sample':
    case 'bytes':
      return NOWHERE;
  }
}

async function seatHere(assetsDir: string): Promise<HelperSeat> {
  const { kind, helper } = await helperAccess(assetsDir);
  return {
    way: { kind, command: sudoLine(helper) },
    run: async (call, watch) => {
      const found = await findHelper(assetsDir, [call.verb, ...receiptOf(call)]);
      return found.ok ? driveHelper(found.value, call, watch) : found;
    },
  };
}

function receiptOf(call: DrivenCall): readonly string[] {
  return 'receipt' in call && call.receipt !== undefined ? [call.receipt] : [];
}

function seatThere(name: string, assetsDir: string): HelperSeat {
  return {
    way: { kind: 'over-ssh' },
    run: async (call, watch) => {
      // Most plans are for this host.
      const { driveOverSsh } = await import('./drive-over-ssh.ts');
      return driveOverSsh(name, { assetsDir, isInteractive: false }, call, watch);
    },
  };
}

const NOWHERE: HelperSeat = {
  way: { kind: 'elsewhere' },
  run: () =>
    Promise.resolve(
      failure('not-available', 'This is a record of a host: nothing can be changed through it'),
    ),
};
