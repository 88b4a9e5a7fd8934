import { describe, expect, it } from 'vitest';
import { functionOf, groupsOf, readReport } from '../../support/read-report.ts';

const GPU = 'VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)';
const AUDIO = 'Audio device [0403]: Example Corp Card X Audio [1234:abce] (rev a1)';
const TWO = ['1: 01:00.0 01:00.1', '14: 02:00.0'];

describe('a listing of IOMMU groups', () => {
  it.each([
    [
      'with the group on each line',
      [
        `IOMMU Group 1 01:00.0 ${GPU}`,
        `IOMMU Group 1 01:00.1 ${AUDIO}`,
        `IOMMU Group 14 02:00.0 ${GPU}`,
      ],
    ],
    [
      'with headings',
      [
        'IOMMU Group 1:',
        `\t01:00.0 ${GPU}`,
        `\t01:00.1 ${AUDIO}`,
        'IOMMU Group 14:',
        `\t02:00.0 ${GPU}`,
      ],
    ],
    [
      'with headings without colon, as the old wiki had them',
      [
        'IOMMU group 1',
        `\t01:00.0 ${GPU}`,
        `\t01:00.1 ${AUDIO}`,
        'IOMMU group 14',
        `\t02:00.0 ${GPU}`,
      ],
    ],
    [
      'that lost its tabs',
      ['IOMMU Group 1:', `01:00.0 ${GPU}`, `01:00.1 ${AUDIO}`, 'IOMMU Group 14:', `02:00.0 ${GPU}`],
    ],
    [
      'with empty lines between groups',
      [
        'IOMMU Group 1:',
        `  01:00.0 ${GPU}`,
        `  01:00.1 ${AUDIO}`,
        '',
        'IOMMU Group 14:',
        `  02:00.0 ${GPU}`,
      ],
    ],
    [
      'of Unraid, ids first',
      [
        'IOMMU group 1:',
        '[1234:abcd] 01:00.0 VGA compatible controller: Example Corp Card X (rev a1)',
        'R[1234:abce] 01:00.1 Audio device: Example Corp Card X Audio (rev a1)',
        'IOMMU group 14:',
        '[1234:abcd] 02:00.0 VGA compatible controller: Example Corp Card X (rev a1)',
      ],
    ],
    [
      'in columns, with marks for reset and lines for USB',
      [
        'Group 1:\t[1234:abcd] [R] 01:00.0  VGA compatible controller                Card X',
        'USB:\t\t[1d6b:0002]\t\t Bus 001 Device 001                       Linux Foundation 2.0 root hub',
        '\t\t[1234:abce]     01:00.1  Audio device                             Card X Audio',
        'Group 14:\t[1234:abcd] [R] 02:00.0  VGA compatible controller                Card X',
      ],
    ],
    [
      'with the driver at the end',
      [
        `Group:  1  0000:01:00.0 ${GPU}   Driver: vfio-pci`,
        `Group:  1  0000:01:00.1 ${AUDIO}   Driver: vfio-pci`,
        `Group:  14  0000:02:00.0 ${GPU}   Driver: nouveau`,
      ],
    ],
    [
      'of ls-iommu',
      [
        'IOMMU Group   1: 0000:01:00.0 VGA compatible controller [0300] Example Corp Card X [1234:abcd] (rev a1)',
        '\tSubsystem: Board Maker Card X OC [5678:0001]',
        '\tKernel driver in use: nouveau',
        'IOMMU Group   1: 0000:01:00.1 Audio device [0403] Example Corp Card X Audio [1234:abce] (rev a1)',
        'IOMMU Group  14: 0000:02:00.0 VGA compatible controller [0300] Example Corp Card X [1234:abcd] (rev a1)',
      ],
    ],
    [
      'of find, unsorted',
      [
        '/sys/kernel/iommu_groups/14/devices/0000:02:00.0',
        '/sys/kernel/iommu_groups/1/devices/0000:01:00.1',
        '/sys/kernel/iommu_groups/1/devices/0000:01:00.0',
      ],
    ],
    [
      'of ls -l',
      [
        '/sys/kernel/iommu_groups/1/devices:',
        'total 0',
        'lrwxrwxrwx 1 root root 0 Mar  1 10:00 0000:01:00.0 -> ../../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0',
        'lrwxrwxrwx 1 root root 0 Mar  1 10:00 0000:01:00.1 -> ../../../../devices/pci0000:00/0000:00:01.0/0000:01:00.1',
        '',
        '/sys/kernel/iommu_groups/14/devices:',
        'total 0',
        'lrwxrwxrwx 1 root root 0 Mar  1 10:00 0000:02:00.0 -> ../../../../devices/pci0000:00/0000:00:02.0/0000:02:00.0',
      ],
    ],
    [
      'in records',
      [
        'IOMMU Group 1 ',
        '------',
        'Slot:\t01:00.0',
        'Class:\tVGA',
        'Slot:\t01:00.1',
        'IOMMU Group 14 ',
        '------',
        'Slot:\t02:00.0',
      ],
    ],
    [
      'with numbers of lines',
      [
        '   1. IOMMU Group 1:',
        `   2. \t01:00.0 ${GPU}`,
        `   3. \t01:00.1 ${AUDIO}`,
        '   4. IOMMU Group 14:',
        `   5. \t02:00.0 ${GPU}`,
      ],
    ],
    [
      'quoted in a mail, with prompt and fence',
      [
        '> ```',
        '> user@host:~$ ./iommu.sh',
        `> IOMMU Group 1 01:00.0 ${GPU}`,
        `> IOMMU Group 1 01:00.1 ${AUDIO}`,
        `> IOMMU Group 14 02:00.0 ${GPU}`,
        '> ```',
      ],
    ],
    [
      'with colours',
      [
        `\u001b[1mIOMMU Group 1\u001b[0m 01:00.0 ${GPU}`,
        `\u001b[1mIOMMU Group 1\u001b[0m 01:00.1 ${AUDIO}`,
        `\u001b[1mIOMMU Group 14\u001b[0m 02:00.0 ${GPU}`,
      ],
    ],
  ])('%s gives its groups, with any line ends', (_name, lines) => {
    expect(groupsOf(readReport(lines.join('\n')))).toEqual(TWO);
    expect(groupsOf(readReport(lines.join('\r\n')))).toEqual(TWO);
  });

  it('names ids, class and driver', () => {
    const host = readReport(`Group:  1  0000:01:00.0 ${GPU}   Driver: vfio-pci\n`);
    expect(functionOf(host, '01:00.0')).toMatchObject({
      vendorId: 0x1234,
      deviceId: 0xabcd,
      classCode: 0x030000,
      details: { revision: 0xa1, driver: 'vfio-pci' },
      origins: { vendorId: 'sysfs', group: 'sysfs', driver: 'sysfs' },
    });
  });

  it('keeps members on other buses beside PCI functions', () => {
    const uuid = '83b8f4f2-509f-382f-3c1e-e6bfe0fa1001';
    const text = `IOMMU Group 3:\n\t00:02.0 ${GPU}\n\t107c580000.hvs\nIOMMU Group 4:\n\t${uuid}\n`;
    expect(groupsOf(readReport(text))).toEqual([
      '3: 00:02.0 platform:107c580000.hvs',
      `4: mdev:${uuid}`,
    ]);
  });

  it('says that devices without an address cannot be placed', () => {
    const text = `IOMMU Group 1 01:00.0 ${GPU}\nIOMMU Group  12: Vendor: Product (rev a1): [1234:abcd]\n`;
    expect(readReport(text).problems.map((problem) => problem.text)).toContain(
      'Line 2: the device is named without its address',
    );
  });

  it('ends where a listing of lspci follows without a mark', () => {
    const text = [
      'IOMMU Group 1:',
      `01:00.0 ${GPU}`,
      'IOMMU Group 14:',
      `02:00.0 ${GPU}`,
      `00:00.0 Host bridge [0600]: Example Corp Root [1234:0001]`,
      `01:00.0 ${GPU}`,
    ].join('\n');
    expect(groupsOf(readReport(text))).toEqual(['1: 01:00.0', '14: 02:00.0']);
  });
});
