import { describe, expect, it } from 'vitest';
import { analyse } from '../../../main/backend/analyse.ts';
import { deviceNames } from '../../../main/backend/device-names.ts';
import { whatifText } from '../../../main/backend/whatif-text.ts';
import { whatifView } from '../../../main/backend/whatif-view.ts';
import { parsePciIds } from '../../../main/pci/pci-ids.ts';
import type { Host } from '../../../shared/host.ts';
import { whatifReportSchema, type WhatifReport } from '../../../shared/whatif-report.ts';
import { makeHost, type FunctionNotation } from '../../support/host-notation.ts';

const FUNCTIONS: readonly FunctionNotation[] = [
  { at: '00:01.0', type: 'root-port', secondary: 1 },
  { at: '00:02.0', type: 'root-port', secondary: 2, acs: [0x1d, 0x1d] },
  { at: '01:00.0', below: '00:01.0' },
];

function report(host: Host, ...words: string[]): WhatifReport {
  const view = whatifView(analyse(host), words);
  if (!view.ok) throw new Error(view.error.message);
  return whatifReportSchema.parse(view.value);
}

function text(host: Host, ...words: string[]): string[] {
  return whatifText(report(host, ...words), host, deviceNames(parsePciIds(''))).split('\n');
}

const SUPPOSED =
  'The new place is supposed: that the card works there, that the IOMMU of the port covers it, and that firmware numbers the buses as before.';

describe('the document', () => {
  it('says what changes, with old and new addresses and what it rests on', () => {
    const because = [
      { code: 'supposed', bdf: '0000:02:00.0', confidence: 'likely', text: SUPPOSED },
    ] as const;
    const p = (id: string, ...members: string[]) => ({ id, members });
    const likely = { confidence: 'likely', because: [...because] } as const;
    expect(report(makeHost({ functions: FUNCTIONS }), 'move=1:0.0:00:02.0')).toEqual({
      source: { kind: 'directory', name: 'test', kernel: '7.1.5' },
      iommu: { provider: 'intel-vtd', active: true },
      changes: [
        {
          word: 'move=1:0.0:00:02.0',
          text: '01:00.0 moves below root port 00:02.0, to 02:00.0.',
        },
      ],
      before: {
        basis: 'as-is',
        groups: [p('p0', '0000:00:01.0', '0000:01:00.0'), p('p1', '0000:00:02.0')],
        notCovered: [],
      },
      after: {
        basis: 'as-is',
        kernel: '7.1.5',
        groups: [
          { ...p('p0', '0000:00:01.0'), ...likely },
          { ...p('p1', '0000:00:02.0'), confidence: 'certain', because: [] },
          { ...p('p2', '0000:02:00.0'), ...likely },
        ],
        notCovered: [],
      },
      groupChanges: [
        {
          kind: 'splits',
          before: [p('p0', '0000:00:01.0', '0000:01:00.0')],
          after: [
            { ...p('p0', '0000:00:01.0'), ...likely },
            { ...p('p2', '0000:02:00.0'), ...likely },
          ],
          whyBefore: [
            {
              bdf: '0000:01:00.0',
              text: '01:00.0 shares its group with 00:01.0. 00:01.0 on the way to the root does not isolate: it has no ACS capability.',
            },
          ],
          whyAfter: [],
        },
      ],
      unchangedGroups: 1,
      readdressed: [{ from: '0000:01:00.0', to: '0000:02:00.0' }],
      added: [],
      removed: [],
      rehung: [{ bdf: '0000:02:00.0', above: '0000:00:02.0' }],
      suppositions: [SUPPOSED],
      warnings: [],
    });
  });

  it('warns of the override whenever it is supposed', () => {
    const { warnings } = report(makeHost({ functions: FUNCTIONS }), 'acs-override=multifunction');
    expect(warnings).toEqual([
      'pcie_acs_override adds no isolation, it hides the missing one: the groups look smaller, but nothing keeps these functions from reaching each other, and a VM could reach the other devices. It is not a fix.',
    ]);
  });

  it('says that the kernel differs from the prediction already', () => {
    const observed = { '0': ['00:01.0'], '1': ['00:02.0'], '2': ['01:00.0'] };
    const { warnings, before } = report(
      makeHost({ functions: FUNCTIONS, observed }),
      'kernel=7.1.5',
    );
    expect(before.groups.map(({ members }) => members.length)).toEqual([2, 1]);
    expect(warnings).toEqual([
      "This kernel's groups differ from the predicted ones already, as airlock groups shows: before and after are both predicted here.",
    ]);
  });

  it('has no groups before where the question is what the IOMMU gives', () => {
    const host = makeHost({ units: [], acpiTables: ['DMAR'], functions: FUNCTIONS });
    expect(report(host, 'iommu=on').before).toEqual({
      basis: 'off',
      groups: [],
      notCovered: ['0000:00:01.0', '0000:00:02.0', '0000:01:00.0'],
    });
    expect(report(host, 'acs=00:01.0:on').before.basis).toBe('as-if-on');
  });

  it.each([
    ['hum=1', 'bad-arguments', /^Unknown change "hum=1"/],
    ['acs=77:00.0:on', 'unknown-function', /^test has no function 0000:77:00\.0$/],
    ['vfs=01:00.0:1', 'bad-arguments', /^01:00\.0 is not a physical function/],
  ])('%s is refused', (word, code, message) => {
    const view = whatifView(analyse(makeHost({ functions: FUNCTIONS })), [word]);
    expect([view.ok, !view.ok && view.error.code]).toEqual([false, code]);
    expect(view.ok ? '' : view.error.message).toMatch(message);
  });
});

describe('the text', () => {
  it('says before, after, why, what stays and what is supposed', () => {
    expect(text(makeHost({ functions: FUNCTIONS }), 'move=01:00.0:00:02.0')).toEqual([
      'test, kernel 7.1.5',
      'Before: the groups that this kernel forms with Intel VT-d, as predicted.',
      'After: predicted by the rules of Linux 7.1.5, as at the next start with these changes.',
      '',
      'Changes, as understood:',
      '  1. 01:00.0 moves below root port 00:02.0, to 02:00.0.',
      '',
      'Addresses that change:',
      '  01:00.0 -> 02:00.0  Device 5678',
      '',
      'A group splits:',
      '  before  00:01.0  01:00.0',
      '  after   00:01.0  (likely)',
      '  after   02:00.0 (was 01:00.0)  (likely)',
      '  before: 01:00.0 shares its group with 00:01.0. 00:01.0 on the way to the root does not isolate: it has no ACS capability.',
      '',
      'Nothing else changes: one other group stays as before.',
      `Supposed: ${SUPPOSED}`,
    ]);
  });

  it('says when nothing changes', () => {
    expect(text(makeHost({ functions: FUNCTIONS }), 'kernel=7.1').slice(4)).toEqual([
      'Changes, as understood:',
      '  1. The kernel is 7.1 in place of 7.1.5.',
      '',
      'No group changes.',
      'Supposed: Kernel 7.1 is supposed in place of 7.1.5.',
    ]);
  });

  it('names what the IOMMU no longer covers', () => {
    const functions = FUNCTIONS.map((fn) =>
      fn.at === '00:02.0' ? { ...fn, iommu: undefined } : fn,
    );
    expect(text(makeHost({ functions }), 'move=01:00.0:00:02.0')).toContain(
      'Not covered by an IOMMU after: 02:00.0',
    );
  });

  it('gives the command that supplies a missing input', () => {
    const functions = FUNCTIONS.map((fn) =>
      fn.at === '00:02.0'
        ? { ...fn, acs: { state: 'unreadable', errno: 'TRUNCATED' } as const }
        : fn,
    );
    expect(text(makeHost({ functions }), 'move=01:00.0:00:02.0').slice(-1)).toEqual([
      'Not certain: Whether 0000:00:02.0 has ACS is not known: the kernel shows only its first bytes without root. (sudo airlock scan --out host.tar.gz)',
    ]);
  });
});
