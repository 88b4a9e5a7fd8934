import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import { isKnownSince } from '../version.ts';

/** Something that libvirt has since a version later than 8.0, the oldest that is written for. */
interface Gate {
  readonly since: readonly [major: number, minor: number];
  readonly path: string;
  /** Subject of the note; a noun. */
  readonly what: string;
  isWanted(vm: PlacedVm): boolean;
}

/** @see libvirt docs/formatdomain.rst, the versions beside each element */
export const GATES = {
  maxphysaddr: {
    since: [8, 7],
    path: 'cpu.hasHostAddressBits',
    what: 'The physical address width of the host (maxphysaddr)',
    isWanted: ({ cpu }) => cpu.hasHostAddressBits,
  },
  addressLimit: {
    since: [9, 3],
    path: 'cpu.addressBitsLimit',
    what: 'The limit of the address width (maxphysaddr limit)',
    isWanted: ({ cpu }) => cpu.addressBitsLimit !== undefined,
  },
  avic: {
    since: [8, 10],
    path: 'hyperv',
    what: 'The enlightenment avic',
    isWanted: ({ hyperv }) => hyperv.includes('avic'),
  },
  variantDriver: {
    since: [10, 0],
    path: 'hostDevices',
    what: 'The VFIO driver that is made for a device (driver model)',
    isWanted: ({ hostDevices }) =>
      hostDevices.some((device) => device.kind !== 'mdev' && device.variantDriver !== undefined),
  },
} as const satisfies Record<string, Gate>;

export type GateName = keyof typeof GATES;

/** Which of them a libvirt is known to have. */
export function openGates(version: string | undefined): ReadonlySet<GateName> {
  const names = Object.keys(GATES) as GateName[];
  return new Set(
    names.filter((name) => {
      const [major, minor] = GATES[name].since;
      return isKnownSince(version, major, minor);
    }),
  );
}

/** What was wanted and is left out, because this libvirt is older or not known. */
export function leftOut(vm: PlacedVm, version: string | undefined): readonly VmNote[] {
  const open = openGates(version);
  return (Object.keys(GATES) as GateName[])
    .filter((name) => !open.has(name) && GATES[name].isWanted(vm))
    .map((name) => {
      const { path, what, since } = GATES[name];
      const why = version === undefined ? 'the version here is not known' : `here is ${version}`;
      return {
        path,
        text: `${what} is left out: libvirt has it since ${since.join('.')}, and ${why}.`,
      };
    });
}
