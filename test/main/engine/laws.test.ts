import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeGrouping } from '../../../main/engine/compute-grouping.ts';
import type { PortType } from '../../../shared/host.ts';
import { makeHost, type FunctionNotation } from '../../support/host-notation.ts';

/** ACS of one function: none, empty, all on, or some bits off. */
const acs = fc.option(
  fc.tuple(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x7f })),
  { nil: undefined },
);

const ids = fc.constantFrom<readonly [number, number]>(
  [0x1234, 0x5678],
  [0x1b4b, 0x9172],
  [0x8086, 0x1c10],
  [0x8086, 0x10fb],
  [0x10b5, 0x87b0],
  [0x1180, 0xe832],
);

const FUNCTION_TYPES: readonly PortType[] = ['endpoint', 'legacy-endpoint', 'rciep', 'rcec'];
const PORT_TYPES: readonly PortType[] = [
  'root-port',
  'downstream-port',
  'upstream-port',
  'pcie-to-pci-bridge',
];

interface Draw {
  readonly isPort: boolean;
  readonly type: number;
  readonly slot: number;
  readonly fn: number;
  readonly parent: number;
  readonly acs: readonly [number, number] | undefined;
  readonly ids: readonly [number, number];
  readonly isCovered: boolean;
}

const draws = fc.array(
  fc.record({
    isPort: fc.boolean(),
    type: fc.nat(3),
    slot: fc.nat(3),
    fn: fc.nat(3),
    parent: fc.nat(8),
    acs,
    ids,
    isCovered: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
  }),
  { minLength: 1, maxLength: 24 },
);

/** Hangs each drawn function below an earlier port, or on the root bus; addresses stay unique. */
function topologyOf(drawn: readonly Draw[]): FunctionNotation[] {
  const ports: { at: string; bus: number }[] = [];
  const taken = new Set<string>();
  const functions: FunctionNotation[] = [];
  for (const draw of drawn) {
    const above = ports[draw.parent];
    const at = `${(above?.bus ?? 0).toString(16).padStart(2, '0')}:${draw.slot.toString(16).padStart(2, '0')}.${draw.fn}`;
    if (taken.has(at)) continue;
    taken.add(at);
    const bus = ports.length + 1;
    if (draw.isPort) ports.push({ at, bus });
    functions.push({
      at,
      type: (draw.isPort ? PORT_TYPES : FUNCTION_TYPES)[draw.type] ?? 'endpoint',
      multifunction: true,
      ids: draw.ids,
      ...(above && { below: above.at }),
      ...(draw.isPort && { secondary: bus }),
      ...(draw.acs && { acs: draw.acs }),
      ...(!draw.isCovered && { iommu: undefined }),
    });
  }
  return functions;
}

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
