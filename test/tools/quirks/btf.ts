import { textAt } from './elf.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** What the tool asks of the kernel's description of its own types. */
export interface TypeFacts {
  /** Offset of `dev_flags` in `struct pci_dev`, in bytes. */
  readonly devFlagsOffset: number;
  /** Offsets of other members of `struct pci_dev`, in bytes. */
  readonly members: Readonly<Record<MemberName, number>>;
  /** Names of `enum pci_dev_flags`, with their bits. */
  readonly deviceFlags: ReadonlyMap<string, number>;
  /** Size of `struct pci_device_id`, in bytes. */
  readonly deviceIdBytes: number;
}

type MemberName = 'acs_cap' | 'device' | 'pcie_cap' | 'pcie_flags_reg';

const MAGIC = 0xeb9f;
const KIND = { array: 3, struct: 4, union: 5, enum: 6, prototype: 13, section: 15, enum64: 19 };
/** Bytes behind the common twelve: fixed ones, and for each of the `vlen` entries. */
const EXTRA_BYTES: Readonly<Record<number, readonly [fixed: number, each: number]>> = {
  1: [4, 0],
  [KIND.array]: [12, 0],
  [KIND.struct]: [0, 12],
  [KIND.union]: [0, 12],
  [KIND.enum]: [0, 8],
  [KIND.prototype]: [0, 8],
  14: [4, 0],
  [KIND.section]: [0, 12],
  17: [4, 0],
  [KIND.enum64]: [0, 12],
};

/**
 * Reads the few facts out of BTF.
 *
 * @see Linux Documentation/bpf/btf.rst, "BTF Type and String Encoding"
 */
export function readTypeFacts(btf: Buffer): TypeFacts {
  if (btf.readUInt16LE(0) !== MAGIC) throw new QuirkToolError('The section .BTF is not BTF');
  const headerBytes = btf.readUInt32LE(4);
  const strings = headerBytes + btf.readUInt32LE(16);
  const nameAt = (at: number) => textAt(btf, strings + btf.readUInt32LE(at));
  const types = findTypes(btf, {
    start: headerBytes + btf.readUInt32LE(8),
    bytes: btf.readUInt32LE(12),
    nameAt,
  });
  const entries = (type: TypeEntry, size: number) =>
    Array.from({ length: type.entries }, (_, index) => type.at + 12 + index * size);
  const device = types.get(`${KIND.struct} pci_dev`);
  const flags = types.get(`${KIND.enum} pci_dev_flags`);
  const deviceId = types.get(`${KIND.struct} pci_device_id`);
  if (device === undefined || flags === undefined || deviceId === undefined) {
    throw new QuirkToolError('The types of the kernel (BTF) lack pci_dev, its flags or its ids');
  }
  const offsetOf = (name: string): number => {
    const member = entries(device, 12).find((at) => nameAt(at) === name);
    if (member === undefined) throw new QuirkToolError(`The type pci_dev has no member ${name}`);
    // Bits; the upper eight are the width of a bit field, where the structure has one.
    return (btf.readUInt32LE(member + 8) & 0xff_ffff) / 8;
  };
  return {
    devFlagsOffset: offsetOf('dev_flags'),
    members: {
      acs_cap: offsetOf('acs_cap'),
      device: offsetOf('device'),
      pcie_cap: offsetOf('pcie_cap'),
      pcie_flags_reg: offsetOf('pcie_flags_reg'),
    },
    deviceFlags: new Map(entries(flags, 8).map((at) => [nameAt(at), btf.readUInt32LE(at + 4)])),
    deviceIdBytes: btf.readUInt32LE(deviceId.at + 8),
  };
}

interface TypeEntry {
  readonly at: number;
  readonly entries: number;
}

const WANTED = new Set([
  `${KIND.struct} pci_dev`,
  `${KIND.enum} pci_dev_flags`,
  `${KIND.struct} pci_device_id`,
]);

/** Each type has twelve bytes (name, kind with count, size) and more by its kind. */
function findTypes(
  btf: Buffer,
  place: {
    readonly start: number;
    readonly bytes: number;
    readonly nameAt: (at: number) => string;
  },
): ReadonlyMap<string, TypeEntry> {
  const found = new Map<string, TypeEntry>();
  let at = place.start;
  while (at < place.start + place.bytes) {
    const info = btf.readUInt32LE(at + 4);
    const kind = (info >>> 24) & 0x1f;
    const entries = info & 0xffff;
    if (kind === KIND.struct || kind === KIND.enum) {
      const key = `${kind} ${place.nameAt(at)}`;
      if (WANTED.has(key) && entries > 0) found.set(key, { at, entries });
    }
    const [fixed, each] = EXTRA_BYTES[kind] ?? [0, 0];
    at += 12 + fixed + each * entries;
  }
  return found;
}
