import { join } from 'node:path';
import { analyse } from '../../main/backend/analyse.ts';
import { loadBootConstants } from '../../main/backend/boot-constants.ts';
import { deviceNames } from '../../main/backend/device-names.ts';
import { makePlan, type PlanWish } from '../../main/backend/make-plan.ts';
import { parsePciIds } from '../../main/pci/pci-ids.ts';
import type { Host } from '../../shared/host.ts';
import { bootFacts } from './boot-tree.ts';
import { machine } from './machine.ts';
import { GPU_HOST } from './typical-hosts.ts';

/** Plans to bind the graphics card of a host at boot, whose files are these. */
export function planBootOf(
  files: Readonly<Record<string, string>>,
  wish: Partial<PlanWish> = {},
  host: Host = GPU_HOST,
  isExact = true,
) {
  const boot = { ...bootFacts(files), isExact };
  const booted = { ...host, machine: { ...(host.machine ?? machine()), boot } };
  return makePlan(
    analyse(booted),
    {
      addresses: ['01:00.0'],
      overrides: [],
      timerMinutes: 10,
      isNow: false,
      isAtBoot: true,
      ...wish,
    },
    {
      names: deviceNames(parsePciIds('')),
      constants: loadBootConstants(join(import.meta.dirname, '../../assets')),
    },
  );
}
