import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeContext } from '../../../../main/engine/context.ts';
import { diagnose, hasCause } from '../../../../main/engine/doctor/diagnose.ts';
import { hostFacts } from '../../../../main/engine/doctor/join-host.ts';
import { LOG_PATTERNS } from '../../../../main/engine/doctor/patterns/all-patterns.ts';
import { asLogs } from '../../../support/as-logs.ts';
import { details } from '../../../support/details.ts';
import { makeHost } from '../../../support/host-notation.ts';

/** `id device: what explains it`, in the order of the answer. */
function read(...lines: readonly string[]): string[] {
  return diagnose(asLogs(lines.join('\n'))).map(({ pattern, device, follows }) =>
    [pattern.id, device, ...follows].filter((word) => word !== undefined).join(' '),
  );
}

describe('diagnose', () => {
  it('puts the root cause first, whatever comes first in the log', () => {
    expect(
      read(
        'kvm: vfio: Unable to power on device, stuck in D3',
        'pci 0000:01:00.0: Adding to iommu group 1',
        'vfio-pci 0000:01:00.0: Unable to change power state from D3cold to D0, device inaccessible',
        'vfio-pci 0000:01:00.0: not ready 65535ms after bus reset; giving up',
      ),
    ).toEqual([
      'not-ready-gone 0000:01:00.0',
      'qemu-stuck-in-d3 power-inaccessible not-ready-gone',
      'power-inaccessible 0000:01:00.0 not-ready-gone',
      'added-to-group 0000:01:00.0',
    ]);
  });

  it('explains by lines of the same card, not by those of another', () => {
    const gone = 'vfio-pci 0000:02:00.0: not ready 65535ms after FLR; giving up';
    const audio = 'snd_hda_intel 0000:02:00.1: CORB reset timeout#2, CORBRP = 65535';
    const other = 'snd_hda_intel 0000:03:00.1: CORB reset timeout#2, CORBRP = 65535';
    expect(read(audio, gone)).toEqual([
      'not-ready-gone 0000:02:00.0',
      'hda-gone 0000:02:00.1 not-ready-gone',
    ]);
    expect(read(other, gone)).toEqual(['not-ready-gone 0000:02:00.0', 'hda-gone 0000:03:00.1']);
  });

  it('counts what repeats, by device', () => {
    const line = (at: string) => `AMD-Vi: Event logged [IO_PAGE_FAULT device=${at} domain=0x0000`;
    const found = diagnose(asLogs([line('01:00.0'), line('01:00.0'), line('02:00.0')].join('\n')));
    expect(found.map(({ device, count, lineNumber }) => [device, count, lineNumber])).toEqual([
      ['0000:01:00.0', 2, 1],
      ['0000:02:00.0', 1, 3],
    ]);
  });

  it('reads several logs as one story, and names the log of each line', () => {
    const logs = [
      { name: 'qemu.log', text: 'vfio 0000:01:00.0: group 1 is not viable' },
      { name: 'dmesg', text: '\npci 0000:01:00.0: Adding to iommu group 1' },
    ];
    expect(diagnose(logs).map(({ log, lineNumber }) => [log, lineNumber])).toEqual([
      ['qemu.log', 1],
      ['dmesg', 2],
    ]);
  });

  it('names the device that the command line of QEMU names, and takes no time for one', () => {
    expect(
      read(
        '10:12:13.5 qemu-system-x86_64: -device vfio-pci,host=0b:00.0: vfio: failed to set iommu for container: Operation not permitted',
        'Nov 22 10:12:13.5 kvm: vfio: Unable to power on device, stuck in D3',
      ),
    ).toEqual(['container-not-permitted 0000:0b:00.0', 'qemu-stuck-in-d3']);
  });

  it('says that something is wrong only where a line is not harmless', () => {
    const harmless = 'pci 0000:00:00.2: AMD-Vi: Unable to read/write to IOMMU perf counter.';
    expect([hasCause(diagnose(asLogs(harmless))), hasCause(diagnose(asLogs('')))]).toEqual([
      false,
      false,
    ]);
    expect(
      hasCause(diagnose(asLogs(`${harmless}\nvfio 0000:01:00.0: group 1 is not viable`))),
    ).toBe(true);
  });
});

describe('a host beside the log', () => {
  const at = (address: string, driver: string, group: string) => ({
    at: address,
    group,
    details: details({ driver, resetMethods: ['flr', 'bus'] }),
  });
  const context = makeContext(
    makeHost({
      functions: [
        at('01:00.0', 'vfio-pci', '1'),
        at('01:00.1', 'snd_hda_intel', '1'),
        { at: '00:1e.0', type: 'pcie-to-pci-bridge', secondary: 3 },
        { at: '03:04.0', type: 'conventional', below: '00:1e.0' },
      ],
      observed: { '1': ['01:00.0', '01:00.1'] },
    }),
  );
  const facts = (line: string) => {
    const [one] = diagnose(asLogs(line));
    if (one === undefined) throw new Error(`Not recognised: ${line}`);
    return hostFacts(one, context);
  };

  it('says who is in the way of a group', () => {
    expect(facts('vfio 0000:01:00.0: group 1 is not viable')).toEqual([
      '01:00.0 is a PCIe endpoint with driver vfio-pci',
      'Its resets: flr, bus',
      'Group 1 has 01:00.0, 01:00.1',
      '01:00.1 is in the way: it has driver snd_hda_intel',
    ]);
  });

  it('says whose DMA appears under a requester ID', () => {
    const fault = (device: string) => `DMAR: [DMA Read NO_PASID] Request device [${device}]`;
    expect(facts(fault('03:00.0'))).toEqual(['03:00.0 is the requester ID of 03:04.0']);
    expect(facts(fault('0b:00.0'))).toEqual([
      '0b:00.0 is not in this host: the log may be of another one',
    ]);
  });
});

describe('any text', () => {
  const words = LOG_PATTERNS.flatMap(({ needle, examples }) => [needle, ...examples]);
  const piece = fc.oneof(
    fc.constantFrom(
      ...words,
      '\n',
      '\r\n',
      ' ',
      '0000:01:00.0',
      ': ',
      '[',
      '"',
      '\u0000',
      '\ufffd',
    ),
    fc.string({ maxLength: 40, unit: 'binary' }),
  );

  it('is read without an accident, causes before harmless ones, each line once', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const found = diagnose(asLogs(text));
        const lines = text.split('\n').length;
        expect(found.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(lines);
        const isHarmless = found.map(({ pattern }) => pattern.weight === 'harmless');
        expect(isHarmless).toEqual(isHarmless.toSorted((a, b) => Number(a) - Number(b)));
        for (const { line, lineNumber } of found) {
          expect(lineNumber).toBeLessThanOrEqual(lines);
          expect(line.length).toBeLessThanOrEqual(300);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
