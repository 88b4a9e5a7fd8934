import { describe, expect, it } from 'vitest';
import { computeGrouping } from '../../../main/engine/compute-grouping.ts';
import { makeHost, type FunctionNotation, type HostNotation } from '../../support/host-notation.ts';

function groupsOf(notation: HostNotation) {
  const { groups, notCovered, provider } = computeGrouping(makeHost(notation));
  return [
    provider,
    groups.map(({ members }) => members.map((member) => member.slice(5)).join(' ')),
    notCovered.map((bdf) => bdf.slice(5)),
  ];
}

describe('GR-31: the units tell the provider', () => {
  it.each([
    [['dmar0', 'dmar1'], 'intel-vtd'],
    [['ivhd0'], 'amd-vi'],
    [['smmu3.0x0000000009050000'], 'smmu-v3'],
    [['smmu.0x2b500000'], 'smmu-v2'],
    [['0000:00:1e.0'], 'virtio-iommu'],
    [['iommu-phb0000'], 'power-powernv'],
    [['s390-iommu.00000000'], 's390'],
    [['dart'], 'generic'],
  ])('%s: %s', (units, provider) => {
    expect(computeGrouping(makeHost({ units, functions: [] })).provider).toBe(provider);
  });
});

describe('GR-20: bare-metal POWER', () => {
  const unit = 'iommu-phb0000';
  const port: FunctionNotation = { at: '00:00.0', type: 'root-port', secondary: 1, iommu: unit };

  it('a PE is a bus, bridges are in none', () => {
    const functions: FunctionNotation[] = [
      port,
      { at: '01:00.0', below: '00:00.0', iommu: unit },
      { at: '01:00.1', below: '00:00.0', iommu: unit },
    ];
    expect(groupsOf({ units: [unit], functions })).toEqual([
      'power-powernv',
      ['01:00.0 01:00.1'],
      ['00:00.0'],
    ]);
  });

  it('below a PCIe-to-PCI bridge a PE covers all buses, and each VF is one', () => {
    const functions: FunctionNotation[] = [
      port,
      { at: '01:00.0', type: 'pcie-to-pci-bridge', below: '00:00.0', secondary: 2, iommu: unit },
      { at: '02:01.0', type: 'conventional', below: '01:00.0', iommu: unit },
      { at: '02:02.0', type: 'conventional', below: '01:00.0', secondary: 3, iommu: unit },
      { at: '03:00.0', type: 'conventional', below: '02:02.0', iommu: unit },
      { at: '01:10.0', below: '00:00.0', physicalFunction: '01:00.0', iommu: unit },
    ];
    expect(groupsOf({ units: [unit], functions })[1]).toEqual(['02:01.0 03:00.0', '01:10.0']);
  });
});

describe('GR-21, GR-22, GR-7 and GR-30', () => {
  it('GR-21: a logical partition has one group for each host bridge', () => {
    const functions: FunctionNotation[] = [
      { at: '00:00.0', iommu: 'iommu-phb0000' },
      { at: '00:01.0', type: 'conventional', secondary: 1, iommu: 'iommu-phb0000' },
    ];
    expect(groupsOf({ units: ['iommu-phb0000'], platform: 'pSeries', functions })).toEqual([
      'power-pseries',
      ['00:00.0 00:01.0'],
      [],
    ]);
  });

  it('GR-22: IBM Z has one group for each function', () => {
    const functions: FunctionNotation[] = [
      { at: '00:00.0', multifunction: true, iommu: 's390-iommu.0' },
      { at: '00:00.1', iommu: 's390-iommu.0' },
    ];
    expect(groupsOf({ units: ['s390-iommu.0'], functions })).toEqual([
      's390',
      ['00:00.0', '00:00.1'],
      [],
    ]);
  });

  it('GR-7: children of VMD have no group before 5.6, when predicted as if on', () => {
    const functions: FunctionNotation[] = [
      { at: '00:0e.0', type: 'rciep', ids: [0x8086, 0x9a0b], iommu: undefined },
      { at: '10000:e0:06.0', vmdEndpoint: '00:0e.0', iommu: undefined },
    ];
    const covered = (kernel: string) =>
      computeGrouping(makeHost({ kernel, units: [], functions })).notCovered;
    expect(covered('5.4.200')).toEqual(['10000:e0:06.0']);
    expect(covered('5.10.198')).toEqual([]);
  });

  it('GR-30: no IOMMU covers itself', () => {
    const functions: FunctionNotation[] = [
      { at: '00:00.2', type: 'conventional', classCode: 0x080600, iommu: undefined },
      { at: '00:01.0', iommu: undefined },
    ];
    expect(groupsOf({ units: [], functions })).toEqual(['none', ['00:01.0'], ['00:00.2']]);
  });

  it('a function whose bridge is not known says so', () => {
    const { groups } = computeGrouping(
      makeHost({ functions: [{ at: '05:00.0', below: '00:07.0' }] }),
    );
    expect(
      groups.map(({ confidence, because }) => [confidence, because.map(({ code }) => code)]),
    ).toEqual([['unknown', ['topology-incomplete']]]);
  });
});
