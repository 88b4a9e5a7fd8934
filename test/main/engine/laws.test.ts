import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeGrouping } from '../../../main/engine/compute-grouping.ts';
import { draws, topologyOf } from '../../support/draw-topology.ts';
import { makeHost, type FunctionNotation } from '../../support/host-notation.ts';

/** Pairs of functions that share a group. */
function sharedPairs(functions: readonly FunctionNotation[]): ReadonlySet<string> {
  const { groups } = computeGrouping(makeHost({ functions }));
  return new Set(
    groups.flatMap(({ members }) => members.flatMap((a) => members.map((b) => `${a} ${b}`))),
  );
}

describe('laws that hold for any host', () => {
  it('groups and the functions not covered partition the host', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const host = makeHost({ functions: topologyOf(drawn) });
        const { groups, notCovered, placements } = computeGrouping(host);
        const all = [...groups.flatMap(({ members }) => members), ...notCovered].sort();
        expect(all).toEqual(host.functions.map(({ bdf }) => bdf).sort());
        expect([...placements.keys()].sort()).toEqual(all);
      }),
      { numRuns: 400 },
    );
  });

  it('GR-15: switching on every required bit of one function never makes two functions share a group that did not', () => {
    fc.assert(
      fc.property(draws, fc.nat(23), (drawn, which) => {
        const before = topologyOf(drawn).map((fn) => ({ ...fn, iommu: 'dmar0' }));
        const at = which % before.length;
        const after = before.map((fn, index) =>
          index === at ? { ...fn, acs: [0x7f, 0x7f] as const } : fn,
        );
        const shared = sharedPairs(before);
        for (const pair of sharedPairs(after)) expect(shared).toContain(pair);
      }),
      { numRuns: 400 },
    );
  });

  it('a prediction never depends on the groups that the host shows', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const functions = topologyOf(drawn);
        const all = functions.map(({ at }) => at);
        const plain = computeGrouping(makeHost({ functions })).groups;
        expect(computeGrouping(makeHost({ functions, observed: { '0': all } })).groups).toEqual(
          plain,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('an unreadable configuration space never gives a smaller group than reading it could', () => {
    fc.assert(
      fc.property(draws, fc.nat(23), (drawn, which) => {
        const full = topologyOf(drawn).map((fn) => ({
          ...fn,
          iommu: 'dmar0',
          ids: [0x1234, 0x5678] as const,
          type: fn.secondary === undefined ? ('endpoint' as const) : ('root-port' as const),
        }));
        const at = which % full.length;
        const partial = full.map((fn, index) =>
          index === at ? { ...fn, acs: { state: 'unreadable', errno: 'TRUNCATED' } as const } : fn,
        );
        const shared = sharedPairs(partial);
        for (const pair of sharedPairs(full)) expect(shared).toContain(pair);
      }),
      { numRuns: 200 },
    );
  });
});
