import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STACK_TITLES, type GuestStack } from './bootable-root.ts';
import { TWINS } from './guest-devices.ts';
import type { Scenario } from './scenarios.ts';

/** One scenario on one stack. */
export interface BootRow {
  readonly stack: GuestStack;
  readonly kernelRelease: string;
  readonly scenario: Scenario;
  /** What is wrong, in full; empty where all is as it must be. */
  readonly complaints: readonly string[];
  /** Of each boot. */
  readonly seconds: readonly number[];
}

const TABLE = join(import.meta.dirname, '../BOOTS.md');

/** Writes the table of the last whole run. */
export function writeBoots(rows: readonly BootRow[]): void {
  const natives = TWINS.map(({ native }) => native).join(', ');
  const kernels = [...new Set(rows.map(({ kernelRelease }) => kernelRelease))].join(', ');
  const boots = rows.reduce((sum, { seconds }) => sum + seconds.length, 0);
  const text = [
    '# Boot changes, really booted\n',
    'Written by `npm run lab -- --boots --write`. An unpacked Debian 13 with systemd boots from a disk under QEMU (no KVM).',
    'Our collector reads it, the boot is planned from that and from its files, the helper applies the plan inside, and the',
    'builder of the distribution makes the image there. The laboratory takes kernel and image out of the disk for each boot,',
    'as a boot loader would.\n',
    `Kernel: ${kernels}. Devices: two cards each of ${natives}, with the same ids and with the native drivers in the image;`,
    'one of each pair is bound. Cards without the change, and twins with it, are on the native driver.\n',
    `${boots} boots, ${rows.filter(({ complaints }) => complaints.length === 0).length} of ${rows.length} scenarios as they must be.\n`,
    '| stack | scenario | what was shown | outcome | seconds of each boot |',
    '|---|---|---|---|---|',
    ...rows.map(rowText),
  ].join('\n');
  writeFileSync(TABLE, `${text}\n`);
}

function rowText({ stack, scenario, complaints, seconds }: BootRow): string {
  const outcome = complaints.length === 0 ? 'shown' : `**failed**: ${complaints[0] ?? ''}`;
  const times = seconds.map((one) => one.toFixed(0)).join(', ');
  return `| ${STACK_TITLES[stack]} | ${scenario.name} | ${scenario.shows} | ${outcome} | ${times} |`;
}
