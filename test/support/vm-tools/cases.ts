import { join } from 'node:path';
import { analyse, type Analysis } from '../../../main/backend/analyse.ts';
import { UNWATCHED } from '../../../main/backend/job-list.ts';
import { readSource } from '../../../main/backend/read-source.ts';
import { isHostPart } from '../../../main/engine/host-parts.ts';
import { placeVm } from '../../../main/vmconfig/place/place-vm.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { vmWishSchema, type VmWishInput } from '../../../shared/vm.ts';
import { MEMORY, PROCESSORS, vmHost } from '../vm-host.ts';

const HOSTS = join(import.meta.dirname, '../../fixtures/hosts');

/** Recorded hosts with cards of several functions, switches, virtual functions, and real boards. */
const RECORDED = [
  'n-gpu-audio-k7.2',
  'n-switch-k7.2',
  's030-k6.1-intel-q7.2',
  's044-k7.2-amd-q11.1',
  's056-k7.2-intel-q7.2',
  'real-02',
  'real-07',
  'real-09',
];

/** One machine to be held against the tools. */
export interface VmCase {
  readonly name: string;
  readonly vm: PlacedVm;
}

type Wish = Partial<VmWishInput>;

const GUESTS: readonly Wish[] = [
  { guest: 'windows-11' },
  { guest: 'windows-10', firmware: 'bios', isHypervisorHidden: true },
  { guest: 'windows-10', firmware: 'efi' },
  { guest: 'linux', firmware: 'efi' },
  { guest: 'linux', firmware: 'efi-secure', hasTpm: true },
  { guest: 'other', firmware: 'bios' },
];

/** What goes with the devices, taken in turn. */
const EXTRAS: readonly Wish[] = [
  { display: { kind: 'gpu' }, cpus: 6, pages: '2M', memoryMib: 4096 },
  { display: { kind: 'looking-glass', width: 2560, height: 1440 }, cpus: 4 },
  {
    display: { kind: 'looking-glass', memory: 'kvmfr' },
    cpus: 3,
    disks: [{ path: '/b,c & d.img', format: 'raw' }],
  },
  { display: { kind: 'vnc' }, viommu: 'intel', cpus: 2 },
  {
    display: { kind: 'spice' },
    disks: [{ path: '/a.qcow2' }, { path: "/it's.iso", format: 'raw', device: 'cdrom' }],
    networks: [{ kind: 'user' }, { kind: 'bridge', name: 'br1', mac: '52:54:00:00:00:07' }],
  },
  {
    input: { kind: 'evdev', keyboard: '/dev/input/by-id/kbd', mouse: '/dev/input/by-id/mouse' },
    pages: '1G',
    memoryMib: 2048,
    isManaged: false,
  },
  { name: `<a & "b"> 'c', d=e ]]>`, cpus: 10, disks: [{ path: '/dev/vg/a b', format: 'raw' }] },
];

/**
 * Machines over guests, firmware and the devices of recorded hosts; their processors are those of
 * the tests, because the records have none.
 */
export async function vmCases(): Promise<readonly VmCase[]> {
  const hosts = await Promise.all(RECORDED.map(readRecorded));
  const recorded = hosts.flatMap((analysis, index) =>
    GUESTS.map((guest, turn) => {
      const number = index * GUESTS.length + turn;
      const devices = devicesOf(analysis, turn);
      const wish = { ...guest, ...EXTRAS[number % EXTRAS.length], devices };
      return makeCase(`${RECORDED[index]} ${number}`, wish, analysis);
    }),
  );
  return [...recorded, ...HAND_MADE.map(([name, wish]) => makeCase(name, wish, vmHost()))];
}

/** What no recorded host has. */
const HAND_MADE: readonly (readonly [name: string, wish: Wish])[] = [
  [
    'a card of four functions',
    { devices: [{ kind: 'pci', bdf: '01:00.0', romFile: '/rom,a.bin' }] },
  ],
  [
    'two functions of four',
    {
      devices: [
        { kind: 'pci', bdf: '01:00.2', isWholeCard: false },
        { kind: 'pci', bdf: '01:00.1', isWholeCard: false },
      ],
    },
  ],
  [
    'a virtual function with MAC and VLAN',
    { devices: [{ kind: 'vf', bdf: '04:01.0', mac: '52:54:00:00:00:05', vlan: 42 }] },
  ],
  [
    'a mediated device with a picture',
    {
      display: { kind: 'vnc' },
      devices: [{ kind: 'mdev', uuid: 'c2177883-f1bb-47f0-914d-32a22e3a8804', hasDisplay: true }],
    },
  ],
  [
    'NVMe to boot from, USB controller, network',
    {
      devices: [
        { kind: 'pci', bdf: '02:00.0', bootOrder: 1 },
        { kind: 'pci', bdf: '03:00.0', isRomHidden: true },
        { kind: 'pci', bdf: '04:00.0' },
      ],
    },
  ],
  [
    'twelve ports',
    {
      disks: 'abcdefghij'.split('').map((one) => ({ path: `/${one}` })),
      devices: [{ kind: 'pci', bdf: '02:00.0' }],
    },
  ],
];

function makeCase(name: string, wish: Wish, { context }: Analysis): VmCase {
  const whole = vmWishSchema.parse({ name: 'vm', guest: 'linux', ...wish });
  const placed = placeVm(whole, context);
  if (!placed.ok) throw new Error(`${name}: ${placed.error.message}`);
  return { name, vm: placed.value.vm };
}

async function readRecorded(name: string): Promise<Analysis> {
  const path = join(HOSTS, name, 'snapshot.tar.gz');
  const host = await readSource(path, 'full', UNWATCHED, { assetsDir: '', isInteractive: false });
  if (!host.ok) throw new Error(host.error.message);
  const { machine } = host.value;
  return analyse({
    ...host.value,
    ...(machine && { machine: { ...machine, processors: PROCESSORS, memory: MEMORY } }),
  });
}

/** One to three devices, others in each turn. */
function devicesOf({ context }: Analysis, turn: number) {
  const nodes = context.topology.nodes.filter((node) => !isHostPart(node));
  const count = Math.min(nodes.length, 1 + (turn % 3));
  return Array.from({ length: count }, (_, index) => ({
    kind: 'pci' as const,
    bdf: nodes[(turn * 2 + index) % nodes.length]?.bdf ?? '',
  }));
}
