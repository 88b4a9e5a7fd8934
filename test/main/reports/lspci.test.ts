import { describe, expect, it } from 'vitest';
import { openReport } from '../../../main/reports/open-report.ts';
import { unreadable } from '../../../shared/fact.ts';
import { functionOf, groupsOf, partsOf, readReport } from '../../support/read-report.ts';

const NOT_RECORDED = unreadable('NOT_RECORDED');

const ROOT_PORT = `00:01.0 PCI bridge [0604]: Example Corp Port [1234:0101] (rev 02) (prog-if 00 [Normal decode])
	Control: I/O+ Mem+ BusMaster+
	Status: Cap+ 66MHz-
	IOMMU group: 2
	Bus: primary=00, secondary=01, subordinate=03, sec-latency=0
	Capabilities: [40] Express (v2) Root Port (Slot+), MSI 00
		DevCap:	MaxPayload 256 bytes, PhantFunc 0
			ExtTag- RBE+
		DevCtl2: Completion Timeout: 50us to 50ms, TimeoutDis- ARIFwd+
	Capabilities: [148 v1] Access Control Services
		ACSCap:	SrcValid+ TransBlk- ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-
		ACSCtl:	SrcValid+ TransBlk- ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-
	Kernel driver in use: pcieport
`;
const CARD = `01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)
	Subsystem: Board Maker Card X OC [5678:0001]
	Control: I/O+ Mem+ BusMaster+
	Status: Cap+ 66MHz-
	IOMMU group: 14
	Capabilities: [78] Express (v2) Legacy Endpoint, MSI 00
		DevCap:	MaxPayload 256 bytes, PhantFunc 0, Latency L0s unlimited, L1 <64us
			ExtTag+ AttnBtn- AttnInd- PwrInd- RBE+ FLReset+ SlotPowerLimit 75.000W
		DevCtl:	CorrErr-
			RlxdOrd+ ExtTag+ PhantFunc- AuxPwr- NoSnoop+ FLReset-
	Capabilities: [100 v1] Virtual Channel
	Kernel driver in use: nvidia
	Kernel modules: nouveau, nvidia
`;

describe('lspci -vvnn', () => {
  const host = readReport(`${ROOT_PORT}\n${CARD}`);

  it('gives the port with its buses and its ACS bits', () => {
    expect(functionOf(host, '00:01.0').config).toEqual({
      lengthBytes: 0,
      headerType: 1,
      hasMultifunctionBit: false,
      bridge: { primary: 0, secondary: 1, subordinate: 3 },
      pcie: { offset: 0x40, portType: 'root-port', hasFlr: false, forwardsAri: true },
      acs: { offset: 0x148, capability: 0x1d, control: 0x1d, controlDwordAt8: NOT_RECORDED },
      hasAri: false,
      sriov: undefined,
    });
  });

  it('gives the card below it, with driver, ids and reset', () => {
    expect(functionOf(host, '01:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      rootBus: '0000:00',
      vendorId: 0x1234,
      deviceId: 0xabcd,
      classCode: 0x030000,
      subsystem: 0x56780001,
      config: { pcie: { portType: 'legacy-endpoint', hasFlr: true }, acs: undefined },
      details: { driver: 'nvidia', revision: 0xa1 },
      origins: { driver: 'lspci', place: 'lspci', acs: 'lspci' },
    });
    expect(groupsOf(host)).toEqual(['2: 00:01.0', '14: 01:00.0']);
  });

  it('reads the same without tabs', () => {
    const flat = readReport(`${ROOT_PORT}\n${CARD}`.replace(/^[\t ]+/gm, ''));
    expect(flat.functions).toEqual(host.functions);
  });

  it('asks for nothing where nothing is missing', () => {
    expect(host.report?.command).toBeUndefined();
  });
});

describe('what lspci could not show', () => {
  it('access denied is unreadable, never absent', () => {
    const text = CARD.replace(
      /\tCapabilities: \[78\][^]*Virtual Channel/,
      '\tCapabilities: <access denied>',
    );
    const host = readReport(text);
    const { config } = functionOf(host, '01:00.0');
    const denied = unreadable('EACCES');
    expect(config).toMatchObject({ pcie: denied, acs: denied, hasAri: denied, sriov: denied });
    expect(host.report?.command).toBe('sudo lspci -D -vvnnxxxx');
  });

  it('a listing without capabilities above 0x100 could not read them', () => {
    const text = CARD.replace('\tCapabilities: [100 v1] Virtual Channel\n', '');
    expect(functionOf(readReport(text), '01:00.0').config).toMatchObject({
      pcie: { portType: 'legacy-endpoint' },
      acs: NOT_RECORDED,
    });
  });

  it('names alone do not show the bits', () => {
    const text = ROOT_PORT.replace(/\t(Control|Status): .*\n/g, '').replace(/^\t\t.*\n/gm, '');
    const port = functionOf(readReport(text), '00:01.0');
    expect(port.config).toMatchObject({
      pcie: { portType: 'root-port', hasFlr: NOT_RECORDED },
      acs: NOT_RECORDED,
    });
  });

  it('a line that a paste has broken may hide capabilities', () => {
    const text = CARD.replace('\tCapabilities: [100', 'xzy\n\tCapabilities: [100');
    const { config } = functionOf(readReport(text), '01:00.0');
    expect(config).toMatchObject({ acs: NOT_RECORDED });
  });

  it('a text that ends within a function may lack its capabilities', () => {
    const text = `${ROOT_PORT}\n${CARD}`.slice(
      0,
      -'\tKernel driver in use: nvidia\n\tKernel modules: nouveau, nvidia\n'.length - 8,
    );
    const { config, details } = functionOf(readReport(text), '01:00.0');
    expect(config).toMatchObject({ acs: unreadable('TRUNCATED') });
    expect(details?.driver).toEqual(NOT_RECORDED);
  });

  it('ids and driver are not recorded in a plain listing', () => {
    const fn = functionOf(
      readReport('01:00.0 VGA compatible controller: Example Corp Card X (rev a1)\n'),
      '01:00.0',
    );
    expect(fn).toMatchObject({
      vendorId: NOT_RECORDED,
      deviceId: NOT_RECORDED,
      classCode: 0x030000,
      statedName: 'Example Corp Card X',
      config: NOT_RECORDED,
      iommuGroupId: NOT_RECORDED,
      details: { driver: NOT_RECORDED },
    });
  });

  it('of two runs, what the first leaves out is not absent', () => {
    const short =
      '01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)\n';
    const host = readReport(`${short}${CARD}`);
    expect(host.problems.filter(({ code }) => code === 'contradiction')).toEqual([]);
    expect(functionOf(host, '01:00.0').details?.driver).toBe('nvidia');
  });
});

describe('the other forms of lspci', () => {
  it.each([
    ['-n', '01:00.0 0300: 1234:abcd (rev a1)'],
    ['-n of old', '01:00.0 Class 0300: 1234:abcd (rev a1)'],
    ['without pci.ids', '01:00.0 Class 0300: Device 1234:abcd (rev a1)'],
    ['-nn', '01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)'],
    [
      '-D -nn',
      '0000:01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)',
    ],
    [
      '-mmnn',
      '01:00.0 "VGA compatible controller [0300]" "Example Corp [1234]" "Card X [abcd]" -ra1 "Board Maker [5678]" "Card X OC [0001]"',
    ],
    [
      '-vmmnn',
      'Slot:\t01:00.0\nClass:\tVGA compatible controller [0300]\nVendor:\tExample Corp [1234]\nDevice:\tCard X [abcd]\nRev:\ta1\n',
    ],
    [
      '-vmnn',
      'Device:\t01:00.0\nClass:\tVGA compatible controller [0300]\nVendor:\tExample Corp [1234]\nDevice:\tCard X [abcd]\nRev:\ta1\n',
    ],
    [
      '-PPnn',
      '00:01.0/01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)',
    ],
  ])('%s gives ids, class and revision', (_form, text) => {
    expect(functionOf(readReport(`${text}\n`), '01:00.0')).toMatchObject({
      vendorId: 0x1234,
      deviceId: 0xabcd,
      classCode: 0x030000,
      details: { revision: 0xa1 },
    });
  });

  it('-PP shows what is above', () => {
    const text =
      '10000:00:01.0/10000:01:00.0 Class 0300: 1234:abcd\n00:01.0/01:00.0/02:00.0 Class 0300: 1234:abcd\n';
    expect(functionOf(readReport(text), '02:00.0')).toMatchObject({
      parent: '0000:01:00.0',
      rootBus: '0000:00',
    });
  });

  it('-vmmk gives driver, group and node', () => {
    const text =
      'Slot:\t01:00.0\nClass:\tVGA compatible controller\nDriver:\tnvidia\nNUMANode:\t1\nIOMMUGroup:\t14\n';
    const host = readReport(text);
    expect(functionOf(host, '01:00.0').details).toMatchObject({ driver: 'nvidia', numaNode: 1 });
    expect(groupsOf(host)).toEqual(['14: 01:00.0']);
  });

  it('-x gives the decoded header, and what lies beyond it is unreadable', () => {
    const rows = Array.from({ length: 4 }, (_, at) => `${at}0: ${Array(16).fill('00').join(' ')}`);
    rows[0] = '00: 34 12 cd ab 06 00 10 00 a1 00 00 03 00 00 80 00';
    rows[3] = '30: 00 00 00 00 40 00 00 00 00 00 00 00 00 01 00 00';
    const host = readReport(`01:00.0 Something: else\n${rows.join('\n')}\n`);
    expect(functionOf(host, '01:00.0')).toMatchObject({
      vendorId: 0x1234,
      deviceId: 0xabcd,
      classCode: 0x030000,
      config: { lengthBytes: 64, hasMultifunctionBit: true, pcie: unreadable('TRUNCATED') },
      origins: { vendorId: 'config-space', config: 'config-space' },
    });
  });

  it('-t shows the buses of bridges, and the functions', () => {
    const host = readReport(
      [
        '-+-[0000:80]---01.0',
        ' \\-[0000:00]-+-00.0  Example Corp Root [1234:0001]',
        '             +-01.0-[01-03]--+-00.0-[02]----00.0  Example Corp Card X [1234:abcd]',
        '             |               \\-00.1  Example Corp Other [1234:abce]',
        '             \\-1f.0  Example Corp LPC [1234:0002]',
      ].join('\n'),
    );
    const places = host.functions.map(({ bdf, parent, rootBus }) => [bdf, parent, rootBus]);
    expect(places).toEqual([
      ['0000:00:00.0', undefined, '0000:00'],
      ['0000:00:01.0', undefined, '0000:00'],
      ['0000:00:1f.0', undefined, '0000:00'],
      ['0000:01:00.0', '0000:00:01.0', '0000:00'],
      ['0000:01:00.1', '0000:00:01.0', '0000:00'],
      ['0000:02:00.0', '0000:01:00.0', '0000:00'],
      ['0000:80:01.0', undefined, '0000:80'],
    ]);
    expect(functionOf(host, '02:00.0').deviceId).toBe(0xabcd);
  });
});

describe('where a function hangs', () => {
  it('is guessed by counting buses, and said to be guessed', () => {
    const text = '00:01.0 Class 0604: 1234:0101\n01:00.0 Class 0300: 1234:abcd\n';
    const host = readReport(text);
    expect(functionOf(host, '01:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      inferred: ['topology'],
      origins: { place: 'inferred' },
    });
  });

  it('is not known below a bridge that is missing', () => {
    const text = `${ROOT_PORT}\n03:00.0 Class 0300: Device 1234:abcd\n`;
    expect(functionOf(readReport(text), '03:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      inferred: ['topology'],
    });
  });

  it('of a VF is where its PF says', () => {
    const text = [
      ROOT_PORT,
      `01:00.0 Ethernet controller [0200]: Example Corp NIC [1234:1521]
	Control: I/O-
	Capabilities: [a0] Express (v2) Endpoint, MSI 00
	Capabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)
		IOVCtl:	Enable+ Migration- Interrupt- MSE+ ARIHierarchy+
		Initial VFs: 8, Total VFs: 8, Number of VFs: 1, Function Dependency Link: 00
		VF offset: 256, stride: 1, Device ID: 1520
	Kernel driver in use: igb
`,
      '02:00.0 Ethernet controller [0200]: Example Corp VF [ffff:ffff]\n',
    ].join('\n');
    expect(functionOf(readReport(text), '02:00.0')).toMatchObject({
      parent: '0000:00:01.0',
      physicalFunction: '0000:01:00.0',
      vendorId: 0x1234,
      deviceId: 0x1520,
    });
  });
});

describe('a paste with several parts', () => {
  it('is read part by part, prose and prompts between them', () => {
    const host = readReport(
      [
        'Hi all, my card does not work:',
        '',
        '$ lspci -nnk',
        '01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd] (rev a1)',
        '\tKernel driver in use: vfio-pci',
        '$ uname -a',
        'Linux box 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01) x86_64 GNU/Linux',
        '$ dmesg | grep group',
        '[    0.463667] pci 0000:01:00.0: Adding to iommu group 14',
        'Any ideas?',
      ].join('\n'),
    );
    expect(partsOf(host)).toEqual(['lspci 4-5', 'system-text 7-7', 'kernel-log 9-9']);
    expect(host.kernelRelease).toBe('6.1.0-18-amd64');
    expect(groupsOf(host)).toEqual(['14: 01:00.0']);
    expect(functionOf(host, '01:00.0').origins).toMatchObject({
      driver: 'lspci',
      group: 'kernel-log',
    });
  });

  it('parts that contradict each other become a problem that names both', () => {
    const host = readReport(
      [
        'IOMMU Group 3 01:00.0 VGA compatible controller [0300]: Example Corp Card X [1234:abcd]',
        '',
        '[    0.463667] pci 0000:01:00.0: Adding to iommu group 14',
      ].join('\n'),
    );
    expect(groupsOf(host)).toEqual(['3: 01:00.0']);
    expect(host.problems).toContainEqual({
      path: '0000:01:00.0 group',
      code: 'contradiction',
      text: '0000:01:00.0: the group is 3 by line 1 (sysfs) and 14 by line 3 (kernel-log); line 1 counts',
    });
  });

  it('two hosts in one text are noticed', () => {
    const text = '01:00.0 Class 0300: 1234:abcd\n\n01:00.0 Class 0200: 8086:1533\n';
    expect(readReport(text).problems.map((problem) => problem.text)).toContainEqual(
      expect.stringContaining('it seems to hold two hosts'),
    );
  });
});

describe('a text that is no report', () => {
  it.each([
    ['', 'it is empty'],
    ['<!DOCTYPE html><html></html>', 'it is a web page: save or copy the text that it shows'],
    [
      'hello',
      'it is neither a directory nor an archive, and as a text it says nothing about PCI functions',
    ],
  ])('%j is refused', (text, reason) => {
    expect(() => readReport(text)).toThrow(`Cannot read pasted text: ${reason}`);
  });

  it('UTF-16, as PowerShell saves it, is read', () => {
    const bytes = Buffer.from('\ufeff01:00.0 Class 0300: 1234:abcd\r\n', 'utf16le');
    const host = openReport('lspci.txt', bytes);
    expect(host.ok && functionOf(host.value, '01:00.0').vendorId).toBe(0x1234);
  });

  it('bytes that are no text are refused', () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919) & 0xff);
    expect(openReport('x.bin', bytes)).toMatchObject({
      ok: false,
      error: { code: 'not-a-report' },
    });
  });
});
