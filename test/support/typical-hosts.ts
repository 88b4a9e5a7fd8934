import type { FunctionDetails, Host } from '../../shared/host.ts';
import type { MachineFacts } from '../../shared/machine.ts';
import { details } from './details.ts';
import { makeHost, type FunctionNotation } from './host-notation.ts';
import { machine } from './machine.ts';

/** A function with what a plan needs: subsystem, driver, class. */
export function fn(
  at: string,
  classCode: number,
  driver: string | undefined,
  more: Partial<FunctionNotation> & { readonly facts?: Partial<FunctionDetails> } = {},
): FunctionNotation {
  const { facts, ...rest } = more;
  return {
    at,
    classCode,
    subsystem: 0x1043_87d7,
    details: details({ driver, ...facts }),
    ...rest,
  };
}

export function port(at: string, secondary: number, driver: string | undefined = 'pcieport') {
  return fn(at, 0x060400, driver, { type: 'root-port', secondary });
}

const SCREEN = fn('00:02.0', 0x030000, 'i915', { ids: [0x8086, 0x3e92] });

function typical(
  observed: Readonly<Record<string, readonly string[]>>,
  functions: readonly FunctionNotation[],
  facts: MachineFacts = machine(),
): Host {
  return makeHost({ kernel: '6.12.117+deb13-amd64', functions, observed, machine: facts });
}

/** A graphics card with its audio function in a labelled slot, and another GPU for the host. */
export const GPU_HOST = typical({ '1': ['00:02.0'], '2': ['00:01.0', '01:00.0', '01:00.1'] }, [
  SCREEN,
  port('00:01.0', 1),
  fn('01:00.0', 0x030000, 'nvidia', {
    ids: [0x10de, 0x2204],
    below: '00:01.0',
    multifunction: true,
    facts: { physicalSlot: '4' },
  }),
  fn('01:00.1', 0x040300, 'snd_hda_intel', {
    ids: [0x10de, 0x1aef],
    below: '00:01.0',
    multifunction: true,
    facts: { physicalSlot: '4', driverOverride: 'snd_hda_intel' },
  }),
]);

/** A network card for which the kernel has a driver of its own for VFIO. */
export const NIC_HOST = typical(
  { '1': ['00:01.0'], '7': ['01:00.2'] },
  [
    port('00:01.0', 1),
    fn('01:00.2', 0x020000, 'mlx5_core', { ids: [0x15b3, 0x101e], below: '00:01.0' }),
  ],
  machine({
    setup: {
      vfioAliases: [
        { pattern: 'v*d*sv*sd*bc*sc*i*', module: 'vfio_pci' },
        { pattern: 'v000015B3d0000101Esv*sd*bc*sc*i*', module: 'mlx5_vfio_pci' },
      ],
    },
  }),
);

/** An NVMe drive that nothing uses, in a group with its port; another of the same kind stays. */
export const NVME_HOST = typical(
  { '1': ['00:1d.0', '02:00.0'], '2': ['00:1d.4'], '3': ['03:00.0'] },
  [
    port('00:1d.0', 2),
    port('00:1d.4', 3),
    fn('02:00.0', 0x010802, 'nvme', { ids: [0x144d, 0xa80a], below: '00:1d.0' }),
    fn('03:00.0', 0x010802, 'nvme', { ids: [0x144d, 0xa80a], below: '00:1d.4' }),
  ],
);

/** A chipset's group: a USB controller shares it with a SATA controller, SMBus without driver. */
export const CHIPSET_HOST = typical({ '9': ['00:14.0', '00:17.0', '00:1f.4'], '10': ['00:02.0'] }, [
  SCREEN,
  fn('00:14.0', 0x0c0330, 'xhci_hcd', { type: 'rciep', ids: [0x8086, 0xa36d] }),
  fn('00:17.0', 0x010601, 'ahci', { type: 'rciep', ids: [0x8086, 0xa352] }),
  fn('00:1f.4', 0x0c0500, undefined, { type: 'rciep', ids: [0x8086, 0xa323] }),
]);

/** Two cards behind a bridge to conventional PCI: one of them without a driver. */
export const CONVENTIONAL_HOST = typical(
  { '1': ['00:1c.0'], '5': ['04:00.0', '05:01.0', '05:02.0'] },
  [
    port('00:1c.0', 4),
    fn('04:00.0', 0x060400, undefined, {
      type: 'pcie-to-pci-bridge',
      secondary: 5,
      below: '00:1c.0',
    }),
    fn('05:01.0', 0x040100, 'snd_emu10k1', {
      type: 'conventional',
      ids: [0x1102, 0x0002],
      below: '04:00.0',
    }),
    fn('05:02.0', 0x078000, undefined, {
      type: 'conventional',
      ids: [0x9710, 0x9835],
      below: '04:00.0',
    }),
  ],
);
