import { describe, expect, it } from 'vitest';
import { className, deviceKind } from '../../../main/pci/class-name.ts';

describe('deviceKind and className', () => {
  it.each([
    [0x030000, 'gpu', 'VGA compatible controller'],
    [0x030200, 'gpu', '3D controller'],
    [0x040300, 'audio', 'Audio device'],
    [0x010802, 'nvme', 'Non-Volatile memory controller'],
    [0x010601, 'sata', 'SATA controller'],
    [0x0c0330, 'usb', 'USB controller'],
    [0x0c0340, 'thunderbolt', 'USB4 host interface'],
    [0x020000, 'ethernet', 'Ethernet controller'],
    [0x028000, 'wireless', 'Network controller'],
    [0x060000, 'host-bridge', 'Host bridge'],
    [0x060400, 'bridge', 'PCI bridge'],
    [0x080600, 'iommu', 'IOMMU'],
    [0x048000, 'other', 'Multimedia controller'],
    [0xff0000, 'other', 'Class ff00'],
  ])('class %x is %s, "%s"', (classCode, kind, name) => {
    expect([deviceKind(classCode), className(classCode)]).toEqual([kind, name]);
  });
});
