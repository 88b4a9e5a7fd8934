import { describe, expect, it } from 'vitest';
import { parsePciIds } from '../../../main/pci/pci-ids.ts';

const TEXT = `#
#	List of PCI ID's
#
#	Version: 2023.04.10
#	Date:    2023-04-10 20:08:02
#

8086  Intel Corporation
	1521  I350 Gigabit Network Connection
		8086 5001  Ethernet Server Adapter I350-T4
# A comment between two devices
	1533  I210 Gigabit Network Connection
10de  NVIDIA Corporation
	2206  GA102 [GeForce RTX 3080]
		1521 0000  Not a device

# List of known device classes

C 01  Mass storage controller
	06  SATA controller
		01  AHCI 1.0
C 02  Network controller
	00  Ethernet controller
`;

describe('parsePciIds', () => {
  const names = parsePciIds(TEXT);

  it('names vendors, devices and subsystems', () => {
    expect([
      names.vendor(0x8086),
      names.device(0x8086, 0x1521),
      names.device(0x8086, 0x1533),
      names.subsystem(0x8086, 0x1521, 0x8086, 0x5001),
      names.device(0x10de, 0x2206),
    ]).toEqual([
      'Intel Corporation',
      'I350 Gigabit Network Connection',
      'I210 Gigabit Network Connection',
      'Ethernet Server Adapter I350-T4',
      'GA102 [GeForce RTX 3080]',
    ]);
  });

  it('names classes by subclass, then by base class', () => {
    expect(names.classOf(0x010601)).toBe('SATA controller');
    expect(names.programmingInterface(0x010601)).toBe('AHCI 1.0');
    expect(names.classOf(0x02ff00)).toBe('Network controller');
    expect(names.classOf(0x0c0330)).toBeUndefined();
  });

  it('has no name for what is not in the file, nor for a device of another vendor', () => {
    expect(names.vendor(0x1234)).toBeUndefined();
    expect(names.device(0x10de, 0x1521)).toBeUndefined();
    expect(names.device(0x1234, 0x1521)).toBeUndefined();
    expect(names.subsystem(0x8086, 0x1533, 0x8086, 0x5001)).toBeUndefined();
  });

  it('knows its version', () => {
    expect(names.version).toBe('2023.04.10');
  });

  it('gives no names from other text', () => {
    const nothing = parsePciIds('hello');
    expect([nothing.version, nothing.vendor(0x8086), nothing.classOf(0x020000)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
