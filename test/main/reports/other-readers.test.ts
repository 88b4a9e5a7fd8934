import { describe, expect, it } from 'vitest';
import { unreadable } from '../../../shared/fact.ts';
import { functionOf, groupsOf, partsOf, readReport } from '../../support/read-report.ts';

describe('the log of the kernel', () => {
  const log = [
    'Linux version 6.12.9-amd64 (user@host) (gcc) #1 SMP PREEMPT_DYNAMIC',
    'Command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on',
    'DMI: Example System/Example Board, BIOS 1.2 01/31/2024',
    'ACPI: FACP 0x0000000012345678 0000F4 (v04 X)',
    'ACPI: DMAR 0x0000000012345678 0000F4 (v04 X)',
    'pci 0000:00:01.0: [8086:1901] type 01 class 0x060400 PCIe Root Port',
    'pci 0000:00:01.0: PCI bridge to [bus 01-02]',
    'pci 0000:01:00.0: [10de:1b80] type 00 class 0x030000 PCIe Legacy Endpoint',
    'pci 0000:00:01.0: Adding to iommu group 1',
    'pci 0000:01:00.0: Adding to iommu group 9',
    'pci 0000:01:00.0: Removing from iommu group 9',
    'pci 0000:01:00.0: Adding to iommu group 1',
  ];

  it.each([
    ['with times', (line: string) => `[    0.166340] ${line}`],
    ['with dates', (line: string) => `[Mon Jan  4 23:44:59 2021] ${line}`],
    ['of the journal', (line: string) => `Jan 04 23:44:59 host kernel: ${line}`],
    ['with callers', (line: string) => `[    0.166340][    T1] ${line}`],
  ])('%s gives functions, buses, groups and how it was started', (_name, stamp) => {
    const host = readReport(log.map(stamp).join('\n'));
    expect(partsOf(host)).toEqual(['kernel-log 1-12']);
    expect(groupsOf(host)).toEqual(['1: 00:01.0 01:00.0']);
    expect(host).toMatchObject({
      kernelRelease: '6.12.9-amd64',
      commandLine: 'BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on',
      iommu: { acpiTables: ['DMAR'] },
      machine: {
        board: { productName: 'Example System', boardName: 'Example Board', biosVersion: '1.2' },
      },
    });
    expect(functionOf(host, '01:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      vendorId: 0x10de,
      deviceId: 0x1b80,
      config: { pcie: { portType: 'legacy-endpoint' }, acs: unreadable('NOT_RECORDED') },
    });
  });

  it('before Linux 5.3 has other words', () => {
    const text = '[    0.5] iommu: Adding device 0000:00:02.2 to group 1\n'.replace(
      '0.5',
      '0.512345',
    );
    expect(groupsOf(readReport(text))).toEqual(['1: 00:02.2']);
  });

  it('of several boots gives the groups of the last', () => {
    const boots = [
      '[    0.000000] Linux version 6.1.0',
      '[    1.000000] pci 0000:01:00.0: Adding to iommu group 1',
      '[    1.000000] pci 0000:02:00.0: Adding to iommu group 2',
      '[    0.000000] Linux version 6.12.0',
      '[    1.000000] pci 0000:01:00.0: Adding to iommu group 7',
    ];
    expect(groupsOf(readReport(boots.join('\n')))).toEqual(['7: 01:00.0']);
  });
});

const NODE_DEVICE = `<device>
  <name>pci_0000_0a_00_0</name>
  <path>/sys/devices/pci0000:00/0000:00:01.0/0000:0a:00.0</path>
  <driver><name>vfio-pci</name></driver>
  <capability type='pci'>
    <class>0x030000</class>
    <domain>0</domain><bus>10</bus><slot>0</slot><function>0</function>
    <product id='0xabcd'>Card X</product>
    <vendor id='0x1234'>Example Corp</vendor>
    <iommuGroup number='14'>
      <address domain='0x0000' bus='0x0a' slot='0x00' function='0x0'/>
      <address domain='0x0000' bus='0x0a' slot='0x00' function='0x1'/>
    </iommuGroup>
    <numa node='1'/>
  </capability>
</device>
`;

describe('node devices of libvirt', () => {
  it('have decimal numbers in the capability and hexadecimal ones in addresses', () => {
    const host = readReport(NODE_DEVICE);
    expect(groupsOf(host)).toEqual(['14: 0a:00.0 0a:00.1']);
    expect(functionOf(host, '0a:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      vendorId: 0x1234,
      deviceId: 0xabcd,
      classCode: 0x030000,
      details: { driver: 'vfio-pci', numaNode: 1 },
      origins: { group: 'node-device', place: 'node-device' },
    });
  });

  it('are read one after the other, and by name', () => {
    const text = `pci_0000_00_01_0\n  +- pci_0000_00_1f_3\n${NODE_DEVICE}`;
    expect(readReport(text).functions.map(({ bdf }) => bdf)).toEqual([
      '0000:00:01.0',
      '0000:00:1f.3',
      '0000:0a:00.0',
      '0000:0a:00.1',
    ]);
  });

  it('that end early are said to', () => {
    const host = readReport(`pci_0000_00_01_0\n${NODE_DEVICE.slice(0, 300)}`);
    expect(host.problems.map(({ text }) => text)).toContain(
      'Line 2: the description of the device ends early',
    );
  });

  it('never have entities expanded: a document with one of its own says nothing, and is named', () => {
    const bomb = NODE_DEVICE.replace('Card X', '&lol;').replace(
      '<device>',
      '<!DOCTYPE x [<!ENTITY lol "ha">]>\n<device>',
    );
    expect(() => readReport(bomb)).toThrow('says nothing about PCI functions');
    const other = NODE_DEVICE.replaceAll('0a_00', '0b_00')
      .replaceAll('<bus>10<', '<bus>11<')
      .replaceAll("bus='0x0a'", "bus='0x0b'");
    const { functions, problems } = readReport(`${bomb}${other}`);
    expect(functions.map(({ bdf }) => bdf)).toEqual(['0000:0b:00.0', '0000:0b:00.1']);
    expect(problems.map(({ text }) => text).join('\n')).toContain('is no XML of libvirt');
  });
});

describe('a report of nixos-facter', () => {
  const device = {
    bus_type: { name: 'PCI', value: 4 },
    base_class: { value: 6 },
    sub_class: { value: 4 },
    vendor: { hex: '8086', value: 0x8086 },
    device: { hex: '1901', value: 0x1901 },
    sysfs_id: '/devices/pci0000:00/0000:00:01.0/0000:01:00.0',
    sysfs_bus_id: '0000:01:00.0',
    sysfs_iommu_group_id: 0,
    driver: 'pcieport',
    detail: { header_type: 1, prog_if: 1 },
  };

  it.each([
    ['whole', { hardware: { cpu: [{ vendor_name: 'GenuineIntel' }], bridge: [device] } }],
    ['reduced', { cpu: { vendor_name: 'GenuineIntel' }, pci_devices: [device] }],
  ])('gives functions and processor, %s', (_name, parts) => {
    const text = JSON.stringify({ version: 1, system: 'x86_64-linux', ...parts });
    const host = readReport(text);
    expect(host.iommu).toMatchObject({ cpuVendor: 'GenuineIntel', architecture: 'x86_64' });
    expect(groupsOf(host)).toEqual(['0: 01:00.0']);
    expect(functionOf(host, '01:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      classCode: 0x060401,
      details: { driver: 'pcieport' },
    });
  });

  it('a class without a subclass has the subclass zero, one without a base class is not known', () => {
    const classOf = (entry: object) => {
      const { vendor, sysfs_id, sysfs_bus_id } = device;
      const devices = [{ vendor, sysfs_id, sysfs_bus_id, ...entry }];
      return functionOf(readReport(JSON.stringify({ pci_devices: devices })), '01:00.0').classCode;
    };
    expect(classOf({ base_class: { hex: '0013', value: 0x13 } })).toBe(0x130000);
    expect(classOf({ base_class: { value: 0x13 }, sub_class: {} })).toMatchObject({
      state: 'unreadable',
    });
    expect(classOf({})).toMatchObject({ state: 'unreadable' });
  });
});

describe('udevadm info --export-db', () => {
  it('gives functions, and takes no child for one', () => {
    const text = [
      'P: /devices/pci0000:00/0000:00:01.0/0000:02:00.0',
      'E: DRIVER=tg3',
      'E: PCI_CLASS=20000',
      'E: PCI_ID=14E4:165F',
      'E: PCI_SUBSYS_ID=1028:1F5B',
      '',
      'P: /devices/pci0000:00/0000:00:01.0/0000:02:00.0/net/eth0',
      'E: DRIVER=other',
    ].join('\n');
    const host = readReport(text);
    expect(host.functions).toHaveLength(1);
    expect(functionOf(host, '02:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      vendorId: 0x14e4,
      deviceId: 0x165f,
      classCode: 0x020000,
      subsystem: 0x10281f5b,
      details: { driver: 'tg3' },
    });
  });
});
