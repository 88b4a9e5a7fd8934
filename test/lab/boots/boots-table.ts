import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Writes the rows of a run into the table; those of scenarios that were not run stay. */
export function writeBoots(rows: readonly BootRow[]): void {
  const kernels = [...new Set(rows.map(({ kernelRelease }) => kernelRelease))].join(', ');
  const table = new Map([...oldRows(), ...rows.map(rowText)].map((row) => [keyOf(row), row]));
  const lines = [...table.values()].toSorted();
  const shown = lines.filter((line) => line.includes('| shown |')).length;
  writeFileSync(
    TABLE,
    `${[...introduction(kernels), `${shown} of ${lines.length} shown.\n`, HEAD, ...lines].join('\n')}\n`,
  );
}

const HEAD =
  '| stack | scenario | what must be seen | outcome | seconds of each boot |\n|---|---|---|---|---|';

function introduction(kernels: string): readonly string[] {
  const natives = TWINS.map(({ native }) => native).join(', ');
  return [
    '# Boot changes, really booted\n',
    'Written by `npm run lab -- --boots --write`. An unpacked Debian 13 with systemd boots from a disk under QEMU (no KVM).',
    'Our collector reads it, the boot is planned from that and from its files, the helper applies the plan inside, and the',
    'builder of the distribution makes the image there. The laboratory takes the image out of the disk for each boot, as a',
    'boot loader would. Times are of a machine with other work.\n',
    `Kernel ${kernels}. Devices: two cards each of ${natives}, with the same ids and with the native drivers in the image;`,
    'one of each pair is bound.\n',
  ];
}

function oldRows(): readonly string[] {
  if (!existsSync(TABLE)) return [];
  return readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => /^\| \w/.test(line) && !HEAD.startsWith(line));
}

/** Stack and scenario. */
function keyOf(row: string): string {
  return row.split(' | ').slice(0, 2).join();
}

function rowText({ stack, scenario, complaints, seconds }: BootRow): string {
  const [first] = complaints;
  const outcome = first === undefined ? 'shown' : `**failed**: ${first.replaceAll('\n', ' ')}`;
  const times = seconds.map((one) => one.toFixed(0)).join(', ');
  return `| ${STACK_TITLES[stack]} | ${scenario.name} | ${scenario.shows} | ${outcome} | ${times} |`;
}
