import { parseOption } from './parse-option.ts';
import { valueWithoutKvm } from './without-kvm.ts';

/** A command line for QEMU inside a guest of the laboratory, and what had to be changed for it. */
export interface FittedLine {
  readonly argv: readonly string[];
  /** Rows of `LINE_CHANGES` that took part, in their order. */
  readonly changes: readonly string[];
}

/** The guest of the laboratory has 2 GiB, and VFIO pins all memory of a machine. */
const MEMORY = '64M';

/**
 * Changes what a guest of the laboratory does not have, and nothing of what is to be shown: root
 * ports, places, devices of the host, iommufd, firmware and the guest's IOMMU stay as written.
 *
 * @param argv - The program and its arguments, as `airlock vm --target qemu` writes them.
 * @param port - For QEMU's monitor: the guest's shell knows no sockets of files.
 */
export function fitToGuest(argv: readonly string[], port: number): FittedLine {
  const made = new Set<string>();
  const fitted: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const option = argv[at] ?? '';
    if (!option.startsWith('-') || ALONE.has(option)) {
      fitted.push(option);
      continue;
    }
    const value = argv[(at += 1)] ?? '';
    const change = LINE_CHANGES.find((row) => isOf(row, option, value));
    if (change !== undefined) made.add(change.change);
    const changed = change === undefined ? value : change.to?.(value, option);
    if (changed !== undefined) fitted.push(option, changed.replace('PORT', String(port)));
  }
  const changes = LINE_CHANGES.map(({ change }) => change).filter((one) => made.has(one));
  return { argv: [...fitted, '-S'], changes: [...new Set(changes)] };
}

const ALONE: ReadonlySet<string> = new Set(['-nodefaults', '-no-user-config']);

interface LineChange {
  /** What is changed, in words for the table. */
  readonly change: string;
  /** What else shows that part of the command line. */
  readonly shownBy: string;
  readonly option: string;
  /** What the value begins with; any value unless told. */
  readonly head?: string;
  /** The value in its place; without it the option is left out. */
  readonly to?: (value: string, option: string) => string;
}

function isOf({ option, head = '' }: LineChange, word: string, value: string): boolean {
  return option === word && value.startsWith(head);
}

const TESTS = 'tests of the generator';
const TPM = { change: 'TPM left out', shownBy: TESTS };
const SCREEN = { change: 'screens and seats left out', shownBy: TESTS };
const DISK = {
  change: 'disks to empty ones',
  shownBy: `VM-CHECKS.md: QEMU takes their options, with empty files; ${TESTS}`,
};
const SMALL = { change: `memory to ${MEMORY} of ordinary pages`, shownBy: TESTS };

/** Every change, with what else shows that part. */
export const LINE_CHANGES: readonly LineChange[] = [
  {
    change: 'KVM to emulation',
    shownBy: TESTS,
    option: '-machine',
    to: (value, option) => valueWithoutKvm(option, value),
  },
  {
    change: 'processor host to max, enlightenments off',
    shownBy: TESTS,
    option: '-cpu',
    to: (value, option) => valueWithoutKvm(option, value),
  },
  { ...SMALL, option: '-m', to: () => `size=${MEMORY}` },
  {
    ...SMALL,
    option: '-object',
    head: 'memory-backend-ram,id=ram0',
    to: () => `memory-backend-ram,id=ram0,size=${MEMORY}`,
  },
  {
    ...SMALL,
    option: '-object',
    head: 'memory-backend-memfd,id=ram0',
    to: () => `memory-backend-ram,id=ram0,size=${MEMORY}`,
  },
  { ...DISK, option: '-blockdev', head: 'driver=file,', to: emptyDisk },
  { ...DISK, option: '-blockdev', head: 'driver=host_device,', to: emptyDisk },
  {
    ...DISK,
    option: '-blockdev',
    head: 'driver=qcow2,',
    to: (value) => value.replace('qcow2', 'raw'),
  },
  {
    change: 'taps to user networking',
    shownBy: TESTS,
    option: '-netdev',
    head: 'bridge,',
    to: (value) => `user,id=${parseOption(value)['id']}`,
  },
  { ...TPM, option: '-chardev', head: 'socket,id=tpm' },
  { ...TPM, option: '-tpmdev' },
  { ...TPM, option: '-device', head: 'tpm-' },
  { ...SCREEN, option: '-spice' },
  { ...SCREEN, option: '-vnc' },
  { ...SCREEN, option: '-object', head: 'input-linux,' },
  {
    change: 'monitor to a port of the loopback',
    shownBy: TESTS,
    option: '-qmp',
    to: () => 'tcp:127.0.0.1:PORT,server=on,wait=off',
  },
];

function emptyDisk(value: string): string {
  return `driver=null-co,node-name=${parseOption(value)['node-name']},size=1048576`;
}
