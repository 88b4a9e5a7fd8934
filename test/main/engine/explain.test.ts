import { describe, expect, it } from 'vitest';
import { groupingOf } from '../../../main/engine/compute-grouping.ts';
import { makeContext } from '../../../main/engine/context.ts';
import { explainPlacement } from '../../../main/engine/explain.ts';
import {
  bdf,
  makeHost,
  type FunctionNotation,
  type HostNotation,
} from '../../support/host-notation.ts';

const PORT: FunctionNotation = {
  at: '00:01.0',
  type: 'root-port',
  secondary: 1,
  acs: [0x1f, 0x1d],
};
const { acs: _acs, ...PORT_WITHOUT } = PORT;
const GPU: FunctionNotation = { at: '01:00.0', below: '00:01.0', multifunction: true };
const AUDIO: FunctionNotation = { at: '01:00.1', below: '00:01.0' };

function explain(notation: HostNotation, at: string) {
  const context = makeContext(makeHost(notation));
  return explainPlacement(bdf(at), context, groupingOf(context));
}

describe('an explanation names the rule, the first failing function and the register', () => {
  it('GR-6: two functions of a card below a port that isolates', () => {
    const explained = explain({ functions: [PORT, GPU, AUDIO] }, '01:00.1');
    expect(
      explained?.hops.map(({ bdf: at, rule, outcome, evidence }) => [at, rule, outcome, evidence]),
    ).toEqual([
      [bdf('01:00.1'), 'GR-6', 'joins', '01:00.1 config 0x100: no extended capability 0x000d'],
      [
        bdf('00:01.0'),
        'GR-15',
        'isolates',
        '00:01.0 config: ACS capability 0x001f at 0x154, control 0x001d at 0x156',
      ],
    ]);
    expect(explained?.splits.map(({ risk }) => risk)).toEqual(['none', 'high']);
  });

  it('GR-4: a port without ACS is the reason, and another slot the remedy', () => {
    const explained = explain({ functions: [PORT_WITHOUT, GPU] }, '01:00.0');
    expect(explained?.summary).toBe(
      '01:00.0 shares its group with 00:01.0. 00:01.0 on the way to the root does not isolate: it has no ACS capability.',
    );
    expect(explained?.splits[0]?.text).toBe(
      'Move the card to a slot that is not below 00:01.0, under a root port that isolates',
    );
    expect(explained?.splits.at(-1)?.text).toContain('adds no isolation');
  });

  it('GR-1: the requester IDs of a card behind a PCIe-to-PCI bridge', () => {
    const functions: FunctionNotation[] = [
      PORT,
      { at: '01:00.0', type: 'pcie-to-pci-bridge', below: '00:01.0', secondary: 4 },
      { at: '04:02.0', type: 'conventional', below: '01:00.0' },
    ];
    expect(explain({ functions }, '04:02.0')?.requesterIds).toEqual([
      { id: '0x0410', text: 'its own, 04:02.0' },
      { id: '0x0400', text: 'bridge 01:00.0, which puts its own in place' },
    ]);
  });

  it('GR-14: names the form of the override that would show a split, and none where none would', () => {
    const chipset: FunctionNotation[] = [
      PORT,
      { at: '01:00.0', type: 'upstream-port', multifunction: true, below: '00:01.0', secondary: 2 },
      { at: '01:00.1', below: '00:01.0' },
      { at: '02:00.0', type: 'downstream-port', below: '01:00.0', secondary: 3 },
      { at: '03:00.0', below: '02:00.0' },
    ];
    expect(explain({ functions: chipset }, '03:00.0')?.splits.at(-1)?.text).toContain(
      'pcie_acs_override=multifunction would',
    );
    expect(explain({ functions: chipset }, '03:00.0')?.splits[0]?.text).toContain(
      'not below 01:00.0',
    );
    const conventional: FunctionNotation[] = [
      { at: '00:1f.0', type: 'conventional', multifunction: true },
      { at: '00:1f.2', type: 'conventional' },
    ];
    expect(explain({ functions: conventional }, '00:1f.2')?.splits.map(({ risk }) => risk)).toEqual(
      ['none'],
    );
  });

  it('says why a function has no group', () => {
    const functions = [PORT, { ...GPU, iommu: undefined }];
    expect(explain({ functions }, '01:00.0')?.summary).toContain(
      '01:00.0 is in no group. It has no iommu link',
    );
  });

  it('knows nothing of functions that are not there', () => {
    expect(explain({ functions: [PORT] }, '02:00.0')).toBeUndefined();
  });
});
