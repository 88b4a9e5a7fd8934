interface TermEntry {
  readonly title: string;
  readonly text: string;
  /** How the word appears in sentences; the first match is explained. */
  readonly pattern: RegExp;
}

/** The field's words, each explained once. Longer words come first: they contain shorter ones. */
export const TERMS = {
  iommuGroup: {
    title: 'IOMMU group',
    text: 'The smallest set of functions that the IOMMU can keep apart from all others. A group goes to a VM as a whole, or not at all.',
    pattern: /\bIOMMU groups?\b/i,
  },
  acsOverride: {
    title: 'ACS override',
    text: 'A kernel patch that makes the kernel believe in isolation that the hardware does not give. The groups look smaller; the isolation stays missing.',
    pattern: /\bACS override\b/i,
  },
  iommu: {
    title: 'IOMMU',
    text: 'The unit that translates the memory accesses of devices. It keeps a device of a VM from reaching the memory of the host.',
    pattern: /\bIOMMU\b/,
  },
  acs: {
    title: 'ACS, Access Control Services',
    text: 'A PCIe capability that makes a port or function send all traffic up to the IOMMU instead of straight to a neighbour. Where it is missing, neighbours share a group.',
    pattern: /\bACS\b/,
  },
  rootPort: {
    title: 'Root port',
    text: 'The port of the processor or chipset at the top of a PCIe link. A slot on the board leads to one.',
    pattern: /\broot ports?\b/i,
  },
  requesterId: {
    title: 'Requester ID',
    text: 'The sender address on every memory access of a device: bus, device and function number. The IOMMU tells devices apart by it.',
    pattern: /\brequester IDs?\b/i,
  },
  flr: {
    title: 'FLR, function level reset',
    text: 'A reset of one function alone. Without a working reset, a device may not start a second time in a VM.',
    pattern: /\bFLR\b/i,
  },
  vf: {
    title: 'VF, virtual function',
    text: 'A share of an SR-IOV device that a VM can have for itself. The device that offers it is the physical function, PF.',
    pattern: /\bVFs?\b|\bvirtual functions?\b/,
  },
  vfio: {
    title: 'vfio-pci',
    text: 'The driver that holds a device for a VM. While it is bound, the host cannot use the device.',
    pattern: /\bvfio-pci\b/,
  },
  numa: {
    title: 'NUMA node',
    text: 'The processor and memory that the device is wired to. A VM is fastest with processors and memory of the same node.',
    pattern: /\bNUMA\b/,
  },
  viability: {
    title: 'Viable group',
    text: 'A group that VFIO accepts: no member is bound to a driver of the host that moves data for the kernel.',
    pattern: /\bviable\b/i,
  },
  driverOverride: {
    title: 'driver_override',
    text: 'A file of each PCI function that names the only driver allowed to bind it.',
    pattern: /\bdriver_override\b/,
  },
  isolationDomain: {
    title: 'ID notation',
    text: 'Addresses read domain:bus:device.function, in hexadecimal. Domain 0000 is left out where the addresses are short.',
    pattern: /\bdomain:bus:device\.function\b/,
  },
} as const satisfies Record<string, TermEntry>;

export type TermId = keyof typeof TERMS;
export const TERM_IDS = Object.keys(TERMS) as readonly TermId[];
