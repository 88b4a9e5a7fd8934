import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReport } from '../../../main/reports/open-report.ts';
import { functionOf, readReport } from '../../support/read-report.ts';

/** One line or more of every layout, to be broken. */
const SEEDS: readonly string[] = [
  'IOMMU Group 1:\n\t01:00.0 VGA compatible controller [0300]: Example [1234:abcd] (rev a1)\n',
  '/sys/kernel/iommu_groups/1/devices/0000:01:00.0 -> ../../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0\n',
  '00:01.0 PCI bridge [0604]: Example [1234:0101]\n\tControl: I/O+ Mem+\n\tBus: primary=00, secondary=01, subordinate=01, sec-latency=0\n\tCapabilities: [40] Express (v2) Root Port (Slot+), MSI 00\n\tCapabilities: [148 v1] Access Control Services\n\t\tACSCap:\tSrcValid+ DirectTrans-\n',
  '01:00.0 Class 0300: 1234:abcd\n00: 34 12 cd ab 06 00 10 00 a1 00 00 03 00 00 80 00\n10: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n',
  'Slot:\t01:00.0\nClass:\tVGA [0300]\nVendor:\tExample [1234]\nIOMMUGroup:\t14\n\n',
  '-[0000:00]-+-00.0  Root\n           \\-01.0-[01-03]----00.0  Card\n',
  '[    0.463667] pci 0000:01:00.0: Adding to iommu group 14\n[    0.5] pci 0000:00:01.0: PCI bridge to [bus 01-02]\n',
  "<device>\n<path>/sys/devices/pci0000:00/0000:01:00.0</path>\n<capability type='pci'>\n<domain>0</domain><bus>1</bus><slot>0</slot><function>0</function>\n</capability>\n</device>\n",
  'P: /devices/pci0000:00/0000:00:01.0\nE: PCI_ID=8086:1901\nE: DRIVER=x\n',
  '{"pci_devices":[{"sysfs_bus_id":"0000:00:01.0","sysfs_id":"/devices/pci0000:00/0000:00:01.0","vendor":{"value":1}}]}',
];

/** Texts of several layouts, cut, doubled, with bytes changed. */
const broken = fc
  .record({
    parts: fc.array(fc.constantFrom(...SEEDS), { minLength: 1, maxLength: 6 }),
    edits: fc.array(
      fc.record({
        at: fc.nat(2000),
        length: fc.nat(40),
        text: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 12 }),
          fc.constantFrom('\n', '\0', '[', ':', '/', 'ffff:ff:1f.7 ', '\u001b[31m', '}'),
        ),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ parts, edits }) =>
    edits.reduce((text, { at, length, text: inserted }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(place + length);
    }, parts.join('')),
  );

describe('a damaged report', () => {
  it('never throws, and gives no more functions and problems than it has lines', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const host = openReport('broken', new TextEncoder().encode(text));
        if (!host.ok) {
          expect(host.error.message).toMatch(/^Cannot read broken: [^\n]+$/);
          return;
        }
        const lines = text.split(/\r\n|\n|\r/).length;
        expect(host.value.functions.length).toBeLessThanOrEqual(lines * 4);
        expect(host.value.problems.length).toBeLessThanOrEqual(lines * 8 + 10);
        for (const { text: problem } of host.value.problems) {
          expect(problem).not.toMatch(/[\u0000-\u001f\u007f]/);
        }
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  it.each(SEEDS.map((seed, at) => [at, seed] as const))(
    'number %i may end anywhere',
    (_at, seed) => {
      for (let end = 0; end <= seed.length; end++) {
        expect(() => openReport('cut', new TextEncoder().encode(seed.slice(0, end)))).not.toThrow();
      }
    },
  );
});

describe('an enormous report', () => {
  it('has its long lines cut, and says so', () => {
    const text = `01:00.0 Class 0300: 1234:abcd (rev a1)\n\tSubsystem: ${'x'.repeat(5_000_000)}\n`;
    const host = readReport(text);
    expect(functionOf(host, '01:00.0').vendorId).toBe(0x1234);
    expect(host.problems.map((problem) => problem.text)).toContain(
      'Line 2: the line is too long and was cut',
    );
  });

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['headings', 'Group '.repeat(50_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['dashes', `-[0000:00]${'-+'.repeat(100_000)}`],
    ['quotes', `00:00.0 "a" "b" "c" ${'"'.repeat(100_000)}`],
    ['paths', `${'00:01.0/'.repeat(50_000)}x`],
    ['nested JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nested XML', `<device>\n${'<a>'.repeat(100_000)}\n</device>\n`],
  ])('of %s in one line is refused or read', (_name, text) => {
    expect(() => openReport('long', new TextEncoder().encode(`${text}\n${text}`))).not.toThrow();
  });

  it('has a bounded number of functions', () => {
    const lines: string[] = [];
    for (let at = 0; at < 70_000; at++) {
      lines.push(
        `${(at >> 8).toString(16).padStart(4, '0')}:${(at & 0xff).toString(16).padStart(2, '0')}:00.0 Class 0604: 1234:abcd`,
      );
    }
    const host = readReport(lines.join('\n'));
    expect(host.functions).toHaveLength(65_536);
    expect(host.problems.map(({ code }) => code)).toContain('limit');
  }, 120_000);
});
