import fc from 'fast-check';
import { bridge, functions, leaf, type Part } from './part.ts';
import type { Topology } from './topology.ts';

/**
 * Any machine that QEMU accepts, with all families of the catalogue mixed. Shrinks towards fewer
 * and plainer parts, an Intel IOMMU and no kernel arguments.
 */
export function anyTopology(): fc.Arbitrary<Topology> {
  return fc
    .record({
      slots: fc
        .array(rootSlot, { minLength: 1, maxLength: 7 })
        .filter((slots) => bridgesAmong(slots.flat()) <= MOST_BRIDGES),
      iommu: fc.constantFrom('intel', 'amd'),
      commandLine: fc.constantFrom('intel_iommu=on', 'intel_iommu=on iommu=pt', REDIRECT_OFF),
      ids: fc.option(fc.constantFrom(...IDENTITIES), { freq: 2, nil: undefined }),
      virtualFunctions: fc.constantFrom(0, 0, 2, 5),
    })
    .map(({ slots, iommu, commandLine, ids, virtualFunctions }) => ({
      name: 'random',
      shows: 'A machine that nobody thought of',
      iommu,
      commandLine,
      parts: apart(inSlots(slots, FIRST_SLOT)),
      args: ['-device', 'nvme-subsys,id=drives'],
      ...(ids === undefined ? {} : { ids }),
      // The drives' driver hangs with AMD-Vi.
      ...(virtualFunctions > 0 && iommu === 'intel' ? enabling(virtualFunctions) : {}),
    }));
}

const FIRST_SLOT = 3;
/** The firmware gives each bridge 4 KiB of I/O addresses, and stops when 64 KiB are gone. */
const MOST_BRIDGES = 13;
const REDIRECT_OFF = 'intel_iommu=on pci=disable_acs_redir=00:03.0;00:04.0';
const IDENTITIES: readonly Readonly<Record<string, string>>[] = [
  { e1000e: '1b4b:9172' },
  { e1000e: '10b5:87b0' },
  { e1000e: '8086:105e' },
  { 'pci-bridge': '1b21:1080' },
  { 'pcie-root-port': '8086:9c10' },
  { 'xio3130-downstream': '10e8:e004' },
];

function enabling(count: number): Pick<Topology, 'guest'> {
  return { guest: { modules: ['nvme'], before: `virtual_functions ${count}` } };
}

function bridgesAmong(parts: readonly Part[]): number {
  return parts.reduce((count, { below }) => count + (below ? 1 + bridgesAmong(below) : 0), 0);
}

/** One device number of a bus: one part, or several functions. */
type Slot = readonly Part[];

function inSlots(slots: readonly Slot[], first: number): readonly Part[] {
  return slots.flatMap((slot, index) => inSlot(slot, (first + index).toString(16)));
}

function inSlot(slot: Slot, number: string): readonly Part[] {
  return slot.length === 1
    ? slot.map((part) => ({ ...part, at: `${number}.0` }))
    : functions(number, slot);
}

const DRIVE = {
  subsys: 'drives',
  sriov_max_vfs: '6',
  sriov_vq_flexible: '12',
  sriov_vi_flexible: '6',
};

const expressFunction = fc.constantFrom(
  leaf('e1000e'),
  leaf('nec-usb-xhci'),
  leaf('qemu-xhci'),
  leaf('nvme'),
);
const conventionalFunction = fc.constantFrom(leaf('rtl8139'), leaf('e1000'), leaf('lsi'));

const expressCard: fc.Arbitrary<Slot> = fc.oneof(
  { weight: 4, arbitrary: fc.array(expressFunction, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant([leaf('nvme', undefined, DRIVE)]) },
  { weight: 1, arbitrary: fc.tuple(conventionalFunction) },
);
const conventionalCard: fc.Arbitrary<Slot> = fc.array(conventionalFunction, {
  minLength: 1,
  maxLength: 2,
});

const port = fc
  .record({
    device: fc.constantFrom('pcie-root-port', 'pcie-root-port', 'ioh3420'),
    hasAcs: fc.boolean(),
    below: fc.option(belowPort(2), { freq: 8, nil: [] }),
  })
  .map(({ device, hasAcs, below }) =>
    bridge(device, undefined, inSlot(below, '0'), acsOption(device, hasAcs)),
  );

const rootSlot: fc.Arbitrary<Slot> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(port) },
  { weight: 2, arbitrary: fc.array(port, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: expressCard },
  { weight: 1, arbitrary: conventionalCard },
  { weight: 1, arbitrary: fc.tuple(conventionalBridge(2)) },
  { weight: 1, arbitrary: fc.tuple(hostBridge()) },
);

function acsOption(device: string, hasAcs: boolean): Record<string, string> {
  return hasAcs || device !== 'pcie-root-port' ? {} : { 'disable-acs': 'on' };
}

/** What a link ends in: a card, a switch, or a bridge to conventional PCI. */
function belowPort(depth: number): fc.Arbitrary<Slot> {
  const leaves = { weight: 4, arbitrary: expressCard };
  if (depth === 0) return fc.oneof(leaves);
  return fc.oneof(
    leaves,
    { weight: 2, arbitrary: switchSlot(depth - 1) },
    { weight: 1, arbitrary: fc.tuple(conventionalBridge(depth - 1)) },
  );
}

function switchSlot(depth: number): fc.Arbitrary<Slot> {
  const downstream = fc
    .option(belowPort(depth), { freq: 6, nil: [] })
    .map((below) => bridge('xio3130-downstream', undefined, inSlot(below, '0')));
  const ports = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(downstream) },
      { weight: 1, arbitrary: fc.array(downstream, { minLength: 2, maxLength: 2 }) },
    ),
    { minLength: 1, maxLength: 3 },
  );
  return fc
    .tuple(ports, fc.option(expressFunction, { freq: 4, nil: undefined }))
    .map(([slots, sibling]) => [
      bridge('x3130-upstream', undefined, inSlots(slots, 0)),
      ...(sibling === undefined ? [] : [sibling]),
    ]);
}

function conventionalBridge(depth: number): fc.Arbitrary<Part> {
  const slot =
    depth === 0
      ? conventionalCard
      : fc.oneof(
          { weight: 3, arbitrary: conventionalCard },
          { weight: 1, arbitrary: fc.tuple(conventionalBridge(depth - 1)) },
        );
  return fc
    .tuple(
      fc.constantFrom('pcie-pci-bridge', 'pci-bridge', 'i82801b11-bridge'),
      fc.array(slot, { minLength: 0, maxLength: 3 }),
    )
    .map(([device, slots]) => bridge(device, undefined, inSlots(slots, 1)));
}

function hostBridge(): fc.Arbitrary<Part> {
  return fc
    .record({ ports: fc.array(port, { minLength: 1, maxLength: 2 }), isOutside: fc.boolean() })
    .map(({ ports, isOutside }) =>
      bridge(
        'pxb-pcie',
        undefined,
        ports.map((part, index) => ({ ...part, at: `${index}.0` })),
        isOutside ? { bypass_iommu: 'on' } : {},
      ),
    );
}

/** Host bridges get bus numbers far enough from each other that none meets another's buses. */
function apart(parts: readonly Part[]): readonly Part[] {
  let bus = 56;
  return parts.map((part) =>
    part.device === 'pxb-pcie'
      ? { ...part, options: { ...part.options, bus_nr: `${(bus += 24)}` } }
      : part,
  );
}
