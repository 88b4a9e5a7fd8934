import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../main/engine/doctor/diagnose.ts';
import { LOG_PATTERNS } from '../../../../main/engine/doctor/patterns/all-patterns.ts';
import { asLogs } from '../../../support/as-logs.ts';

const ids = LOG_PATTERNS.map(({ id }) => id);

describe('the table of lines', () => {
  it('has at least sixty, each under a name of its own', () => {
    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(LOG_PATTERNS)(
    '$id says what it is, what to look at, what to do and where from',
    (row) => {
      for (const text of [row.meaning, row.check, row.remedy, row.source]) {
        expect(text).toMatch(/^\S[^\n]*\S$/);
      }
      expect(row.examples.length).toBeGreaterThan(0);
      for (const example of row.examples) expect(example).toContain(row.needle);
      for (const id of row.explainedBy ?? []) expect(ids).toContain(id);
    },
  );

  it('never explains a line by itself, not over others either', () => {
    const causes = new Map(LOG_PATTERNS.map(({ id, explainedBy = [] }) => [id, explainedBy]));
    const reaches = (from: string, seen: ReadonlySet<string>): boolean =>
      (causes.get(from) ?? []).some((id) => seen.has(id) || reaches(id, new Set([...seen, id])));
    expect(ids.filter((id) => reaches(id, new Set([id])))).toEqual([]);
  });
});

describe('lines as they were printed', () => {
  const examples = LOG_PATTERNS.flatMap(({ id, examples: lines }) =>
    lines.map((line) => [id, line] as const),
  );

  it.each(examples)('%s: %s', (id, line) => {
    expect(diagnose(asLogs(line)).map(({ pattern }) => pattern.id)).toEqual([id]);
    // The same with what a journal puts before it, and with the end of a DOS line.
    const framed = `Nov 22 10:12:13.5 host kernel: ${line}\r\n`;
    expect(diagnose(asLogs(framed)).map(({ pattern }) => pattern.id)).toEqual([id]);
  });

  it.each(examples)('%s is not found in a line that was cut: %s', (id, line) => {
    const { needle = '' } = LOG_PATTERNS.find((row) => row.id === id) ?? {};
    const cut = line.slice(0, line.indexOf(needle) + needle.length - 1);
    expect(diagnose(asLogs(cut)).map(({ pattern }) => pattern.id)).not.toContain(id);
  });
});

describe('lines that are nearly such', () => {
  it.each([
    'DMAR: DMAR devices found',
    'vfio 0000:01:00.0: group 1 is viable',
    'group x is not viable',
    'the plan is not viable for our group',
    'vfio-pci 0000:01:00.0: not ready for anything; giving up',
    'vfio-pci 0000:01:00.0: ready 1023ms after FLR',
    'curl: (7) connection refused; giving up',
    'pci 0000:01:00.0: BAR 0: assigned [mem 0xc0000000-0xcfffffff 64bit pref]',
    "BAR 1: can't reserve",
    'pci 0000:01:00.0: [10de:2206] type 00 class 0x030000',
    'pci 0000:01:00.0: unknown header type 01',
    'Unknown header type in HTTP response',
    'AMD-Vi: Completion-Wait loop',
    'AMD-Vi: Event logged [COMMAND_HARDWARE_ERROR address=0x10]',
    'iommu/vt-d: Add support for probing ACPI device in RMRR',
    'kernel: DMAR: RMRR base: 0x0000007c000000 end: 0x000000803fffff',
    'iommu: Default domain type: unknown',
    'nvme nvme0: controller is down; will reset: CSTS=0x3, PCI_STATUS=0x10',
    'failed to open /dev/vfio/1: Too many open files',
    'open /dev/sda: Permission denied',
    'open: /dev/null: Device or resource busy',
    'pcieport 0000:00:1c.0: pciehp: Slot(0): Link Up',
    'e1000e 0000:00:19.0 eth0: Link Down',
    'e1000 0000:00:01.0: enabling device (0000 -> 0003)',
    'vfio_dma_map(0x1, 0x2, 0x3, 0x4) = 0',
    'systemd: probe of foo failed with error -22',
    'cannot limit locked memory',
    'PCI device 0000:01:00.0 is in use by driver QEMU',
    '',
  ])('%s', (line) => {
    expect(diagnose(asLogs(line))).toEqual([]);
  });
});

/** Ends by the limit of the test where an expression takes more than a line's length. */
describe('a hostile line takes no time', () => {
  const LENGTH = 200_000;

  it.each(LOG_PATTERNS)('$id', ({ regex, needle, examples }) => {
    const [example = ''] = examples;
    for (const piece of [
      needle,
      example,
      example.slice(0, -1),
      '0000:01:00.0: ',
      'a',
      '0',
      ' ',
      '[',
    ]) {
      const line = piece.repeat(Math.ceil(LENGTH / piece.length));
      regex.exec(`${line}\u0000`);
      regex.exec(`${needle}${line}`);
      regex.exec(`${line}${needle}`);
    }
    expect(diagnose(asLogs(needle.repeat(100_000))).length).toBeLessThanOrEqual(1);
  });
});
