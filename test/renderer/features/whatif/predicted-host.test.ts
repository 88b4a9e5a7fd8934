import { describe, expect, it } from 'vitest';
import { buildPicture } from '../../../../renderer/features/topology-picture/picture-graph.ts';
import { offeredChanges } from '../../../../renderer/features/whatif/offered-changes.ts';
import {
  predictedAfter,
  predictedBefore,
} from '../../../../renderer/features/whatif/predicted-host.ts';
import type { WhatifReport } from '../../../../shared/whatif-report.ts';
import { makeFunction, makeGroup, makeHost } from '../../fixtures/make-host.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { storeWithHost } from '../../normalised-host.ts';

const NIC = { bdf: '0000:01:00.0', name: 'NIC', kind: 'network', parent: '0000:00:01.0' } as const;

const { host: HOST } = storeWithHost(
  makeHost({
    ...INTEL_DESKTOP,
    functions: [
      makeFunction({ bdf: '0000:00:01.0', name: 'Port', kind: 'port', acs: 'does-not-isolate' }),
      makeFunction({ bdf: '0000:00:02.0', name: 'Port', kind: 'port', freeSlot: { label: '4' } }),
      makeFunction({ ...NIC, totalVfs: 8 }),
    ],
    groups: [
      makeGroup({
        id: '7',
        members: ['0000:00:01.0', '0000:01:00.0'],
        verdict: 'ready',
        sentence: '',
      }),
    ],
  }),
);

/** The card moves from the first port to the second and gets one VF. */
const REPORT: WhatifReport = {
  source: { kind: 'directory', name: 'test' },
  iommu: { provider: 'intel-vtd', active: true },
  changes: [{ word: 'acs=0000:00:01.0:on', text: 'ACS of 00:01.0 is on.' }],
  before: {
    basis: 'as-is',
    groups: [
      { id: 'p0', members: ['0000:00:01.0', '0000:01:00.0'] },
      { id: 'p1', members: ['0000:00:02.0'] },
    ],
    notCovered: [],
  },
  after: {
    basis: 'as-is',
    groups: [['0000:00:01.0'], ['0000:00:02.0'], ['0000:02:00.0'], ['0000:02:00.1']].map(
      (members, index) => ({
        ...{ id: `p${index}`, members, confidence: 'likely' as const, because: [] },
      }),
    ),
    notCovered: [],
  },
  groupChanges: [],
  unchangedGroups: 0,
  readdressed: [{ from: '0000:01:00.0', to: '0000:02:00.0' }],
  added: [{ bdf: '0000:02:00.1', role: 'virtual function' }],
  removed: [],
  rehung: [
    { bdf: '0000:02:00.0', above: '0000:00:02.0' },
    { bdf: '0000:02:00.1', above: '0000:02:00.0' },
  ],
  suppositions: [],
  warnings: [],
};

describe('the picture after changes', () => {
  const { host, origins } = predictedAfter(HOST, REPORT);

  it('hangs a moved card below its new port, under its new address', () => {
    const { nodes } = buildPicture(host);
    expect(nodes['port 0000:00:01.0']?.childIds).toEqual([]);
    expect(nodes['port 0000:00:02.0']?.childIds).toEqual(['card 0000:02:00']);
    expect(nodes['card 0000:02:00']?.childIds).toEqual(['shares 0000:02:00.0']);
    expect(origins).toEqual({ '0000:02:00.0': '0000:01:00.0' });
  });

  it('has the predicted groups, no verdict for them, and ACS as supposed', () => {
    expect(host.functionIds.map((bdf) => host.functions[bdf]?.groupId)).toEqual([
      ...['p0', 'p1', 'p2', 'p3'],
    ]);
    expect(host.verdicts).toEqual({ p0: 'host-parts', p1: 'host-parts' });
    expect(host.functions['0000:00:01.0']?.acs).toBe('isolates');
  });

  it('leaves out what the changes take away', () => {
    const gone = { ...REPORT, removed: ['0000:01:00.0'], added: [], rehung: [] };
    expect(predictedAfter(HOST, gone).host.functionIds).toEqual(['0000:00:01.0', '0000:00:02.0']);
  });
});

it('the picture before has the groups that were predicted, not those of the kernel', () => {
  const { functions } = predictedBefore(HOST, REPORT);
  expect(Object.values(functions).map(({ groupId }) => groupId)).toEqual(['p0', 'p1', 'p0']);
});

it('offers what makes sense: ports that fail first, free slots by their label', () => {
  expect(offeredChanges(HOST)).toEqual({
    canSwitchOn: false,
    ports: [
      { value: '0000:00:01.0', label: '00:01.0 Port', isOn: false },
      { value: '0000:00:02.0', label: '00:02.0 Port', isOn: true },
    ],
    cards: [{ value: '0000:01:00.0', label: '01:00.0 NIC' }],
    freeSlots: [{ value: '0000:00:02.0', label: 'Slot 4 (root port 00:02.0)' }],
    physicalFunctions: [{ value: '0000:01:00.0', label: '01:00.0 NIC', totalVfs: 8 }],
  });
});
