import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINE_CHANGES } from '../../support/vm-tools/fit-to-guest.ts';
import type { Result } from '../results.ts';
import { guestQemuVersion } from './guest-qemu.ts';

const TABLE = join(import.meta.dirname, '../VMS.md');

/** Writes the rows of a run into the table; those of experiments that were not run stay. */
export async function writeVms(results: readonly Result[]): Promise<void> {
  const rows = new Map([...oldRows(), ...results.map(rowText)].map((row) => [keyOf(row), row]));
  const lines = [...rows.values()].toSorted();
  const shown = lines.filter((line) => line.includes('| shown |')).length;
  const text = [
    ...introduction(await guestQemuVersion()),
    `${shown} of ${lines.length} shown.\n`,
    HEAD,
    ...lines,
    '\n## What had to be changed of a command line\n',
    '| change | what else shows that part |\n|---|---|',
    ...changeRows(),
  ];
  writeFileSync(TABLE, `${text.join('\n')}\n`);
}

const HEAD =
  '| experiment | kernel | what must be seen | outcome | what was seen | seconds of two boots |\n|---|---|---|---|---|---|';

function introduction(version: string): readonly string[] {
  return [
    '# Machines of QEMU, started on bound devices\n',
    'Written by `npm run lab -- --vms --write`. The laboratory boots a Debian kernel on a machine emulated by QEMU (no KVM);',
    "our collector reads it, the planner plans, and the helper binds in a second boot. There QEMU's script is run as",
    `\`airlock vm --target qemu\` writes it for that host, with QEMU ${version} of Debian 13, stopped before its first`,
    'instruction. QEMU is asked where each device is; machines with BIOS then run until `query-pci` shows each device with the',
    'identity that it has on the host. What QEMU refuses is given to `airlock doctor` with the host as it was then: its first',
    'answer must be the cause, with the device. At the end every driver is where it was. Times are of a machine with other work.\n',
    'Debian builds its kernels (6.1, 6.12, 7.3) without the nodes that iommufd needs (VFIO_DEVICE_CDEV): of iommufd only',
    'the refusals are shown.\n',
  ];
}

function oldRows(): readonly string[] {
  if (!existsSync(TABLE)) return [];
  return readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| vm-'));
}

/** Experiment and kernel. */
function keyOf(row: string): string {
  return row.split(' | ').slice(0, 2).join();
}

function rowText({ experiment, kernel, outcome, seconds }: Result): string {
  const { name, shows } = experiment;
  const word = outcome.complaints.length === 0 ? 'shown' : '**failed**';
  const cells = [name, kernel.release, shows, word, outcome.figures, seconds.toFixed(0)];
  return `| ${cells.join(' | ')} |`;
}

function changeRows(): readonly string[] {
  return [...new Set(LINE_CHANGES.map(({ change, shownBy }) => `| ${change} | ${shownBy} |`))];
}
