import { describe, expect, it } from 'vitest';
import { readTypeFacts } from './btf.ts';

/** Collects texts; gives the place of each. */
function stringTable() {
  let text = '\0';
  const place = (name: string): number => {
    const at = text.length;
    text += `${name}\0`;
    return at;
  };
  return { place, bytes: () => Buffer.from(text, 'latin1') };
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, at * 4);
  return bytes;
}

const kind = (number: number, entries: number) => number * 0x100_0000 + entries;

/** An integer, an array, a forward declaration, and the three types that matter. */
function buildBtf(flagsMember: string): Buffer {
  const { place, bytes } = stringTable();
  const types = Buffer.concat([
    words(place('int'), kind(1, 0), 4, 0x20),
    words(0, kind(3, 0), 0, 1, 1, 8),
    words(place('pci_dev'), kind(7, 0), 0),
    words(place('pci_dev'), 0x8000_0000 + kind(4, 5), 2472),
    words(place('device'), 1, 0x3e * 8, place(flagsMember), 1, 0x1000_0000 + 2166 * 8),
    words(place('pcie_cap'), 1, 0x6e * 8, place('pcie_flags_reg'), 1, 0x74 * 8),
    words(place('acs_cap'), 1, 0x978 * 8),
    words(place('pci_dev_flags'), kind(6, 2), 4),
    words(place('PCI_DEV_FLAGS_NO_D3'), 2, place('PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT'), 512),
    words(place('pci_device_id'), kind(4, 1), 40, place('vendor'), 1, 0),
  ]);
  const strings = bytes();
  const header = Buffer.concat([
    Buffer.from('9feb0100', 'hex'),
    words(24, 0, types.length, types.length, strings.length),
  ]);
  return Buffer.concat([header, types, strings]);
}

describe('the types of a kernel', () => {
  it('tell where the flags are, what they are called, and how long an id is', () => {
    expect(readTypeFacts(buildBtf('dev_flags'))).toEqual({
      devFlagsOffset: 2166,
      members: { acs_cap: 0x978, device: 0x3e, pcie_cap: 0x6e, pcie_flags_reg: 0x74 },
      deviceFlags: new Map([
        ['PCI_DEV_FLAGS_NO_D3', 2],
        ['PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT', 512],
      ]),
      deviceIdBytes: 40,
    });
  });

  it('are refused without the member or without their mark', () => {
    expect(() => readTypeFacts(buildBtf('other'))).toThrow('no member dev_flags');
    expect(() => readTypeFacts(Buffer.alloc(24))).toThrow('not BTF');
  });
});
