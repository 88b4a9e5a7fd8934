import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeGrouping } from '../../../../main/engine/compute-grouping.ts';
import { orderFunctions } from '../../../../main/pci/order-functions.ts';
import { bdfParts, shortBdf, type Bdf } from '../../../../shared/bdf.ts';
import type { Host } from '../../../../shared/host.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { partition, partitionOf, predict } from '../../../support/predict.ts';

const acs = fc.option(
  fc.tuple(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x7f })),
  { nil: undefined },
);

const ids = fc.constantFrom<readonly [number, number]>(
  [0x1234, 0x5678],
  [0x1b4b, 0x9172],
  [0x8086, 0x1c10],
  [0x8086, 0x10fb],
  [0x111d, 0x80b5],
);

interface Node {
  readonly kind: 'port' | 'bridge' | 'card' | 'switch';
  readonly acs: readonly [number, number] | undefined;
  readonly ids: readonly [number, number];
  readonly functions: number;
  readonly below: readonly Node[];
}

const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node; leaf: Node }>((tie) => ({
  leaf: fc.record({
    kind: fc.constant('card' as const),
    acs,
    ids,
    functions: fc.integer({ min: 1, max: 3 }),
    below: fc.constant([]),
  }),
  node: fc.record({
    kind: fc.constantFrom('bridge' as const, 'switch' as const, 'card' as const),
    acs,
    ids,
    functions: fc.integer({ min: 1, max: 3 }),
    below: fc.array(fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('node')), { maxLength: 2 }),
  }),
})).node;

/** Root ports, some of them empty, each with at most one card, numbered depth-first or with gaps. */
const drawnHost = fc.record({
  ports: fc.array(fc.record({ acs, ids, card: fc.option(node, { nil: undefined }) }), {
    minLength: 2,
    maxLength: 5,
  }),
  gap: fc.constantFrom(0, 0, 2),
});
type Drawn = typeof drawnHost extends fc.Arbitrary<infer T> ? T : never;

function hostOf({ ports, gap }: Drawn): Host {
  const functions: FunctionNotation[] = [];
  const reach = new Map<string, number>();
  let last = 0;
  const address = (bus: number, device: number, fn: number) =>
    `${bus.toString(16).padStart(2, '0')}:${device.toString(16).padStart(2, '0')}.${fn}`;
  const addBridge = (fn: FunctionNotation, fill: (bus: number) => void) => {
    const secondary = ++last;
    functions.push({ ...fn, secondary });
    fill(secondary);
    last += gap;
    reach.set(fn.at, last);
  };
  const base = ({ acs: bits, ids: pair }: Pick<Node, 'acs' | 'ids'>) => ({
    ids: pair,
    ...(bits && { acs: bits }),
  });
  const addCard = (card: Node, bus: number, below: string, isConventional: boolean) => {
    const at = address(bus, 0, 0);
    if (isConventional || card.kind === 'card' || card.kind === 'port') {
      const count = card.functions;
      for (let fn = 0; fn < count; fn++) {
        functions.push({
          at: address(bus, 0, fn),
          below,
          multifunction: count > 1,
          ...base(card),
          ...(isConventional && { type: 'conventional' as const }),
        });
      }
    } else if (card.kind === 'bridge') {
      addBridge({ at, below, type: 'pcie-to-pci-bridge', ...base(card) }, (inner) => {
        const child = card.below[0];
        if (child) addCard(child, inner, at, true);
      });
    } else {
      addBridge({ at, below, type: 'upstream-port', ...base(card) }, (inner) => {
        for (const [device, child] of card.below.entries()) {
          const port = address(inner, device, 0);
          addBridge({ at: port, below: at, type: 'downstream-port', ...base(child) }, (bus2) => {
            addCard(child, bus2, port, false);
          });
        }
      });
    }
  };
  for (const [device, { card, ...port }] of ports.entries()) {
    const at = address(0, device, 0);
    addBridge({ at, type: 'root-port', ...base(port) }, (bus) => {
      if (card) addCard(card, bus, at, false);
    });
  }
  const made = makeHost({ functions });
  const reached = made.functions.map((fn) => {
    const subordinate = reach.get(shortBdf(fn.bdf));
    if (subordinate === undefined || !fn.config || !('bridge' in fn.config)) return fn;
    const primary = bdfParts(fn.bdf).bus;
    const bridge = fn.config.bridge && { ...fn.config.bridge, primary, subordinate };
    return { ...fn, rootBus: '0000:00', config: { ...fn.config, bridge } };
  });
  return {
    ...made,
    functions: orderFunctions(reached.map((fn) => ({ ...fn, rootBus: '0000:00' }))),
  };
}

/** Pairs of functions that share a group, by their addresses in the source. */
function sharedPairs(lines: readonly string[]): ReadonlySet<string> {
  return new Set(
    lines.flatMap((line) => {
      const members = line.split(' ');
      return members.flatMap((a) => members.map((b) => `${a} ${b}`));
    }),
  );
}

function groupsOf(host: Host): string[] {
  return partition(computeGrouping(host).groups.map(({ members }) => members));
}

describe('laws of what-if', () => {
  it('no change gives the same grouping', () => {
    fc.assert(
      fc.property(drawnHost, (drawn) => {
        const host = hostOf(drawn);
        const { grouping, groupChanges } = predict(host);
        expect([grouping, groupChanges]).toEqual([computeGrouping(host), []]);
      }),
      { numRuns: 100 },
    );
  });

  it("the host's own kernel gives the same grouping", () => {
    fc.assert(
      fc.property(drawnHost, (drawn) => {
        const host = hostOf(drawn);
        expect(predict(host, 'kernel=7.1.5').grouping).toEqual(computeGrouping(host));
      }),
      { numRuns: 100 },
    );
  });

  it('GR-15: required ACS on everywhere never makes two functions share that did not', () => {
    fc.assert(
      fc.property(drawnHost, (drawn) => {
        const host = hostOf(drawn);
        const words = host.functions
          .filter(({ config }) => config && 'pcie' in config && config.pcie !== undefined)
          .map(({ bdf }) => `acs=${bdf}:on`);
        const before = sharedPairs(groupsOf(host));
        for (const pair of sharedPairs(partitionOf(predict(host, ...words)))) {
          expect(before).toContain(pair);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('GR-14: the override never makes two functions share that did not', () => {
    fc.assert(
      fc.property(drawnHost, (drawn) => {
        const host = hostOf(drawn);
        const before = sharedPairs(groupsOf(host));
        const after = partitionOf(predict(host, 'acs-override=downstream,multifunction'));
        for (const pair of sharedPairs(after)) expect(before).toContain(pair);
      }),
      { numRuns: 200 },
    );
  });

  it('moving a card to an empty port and back restores grouping and addresses', () => {
    fc.assert(
      fc.property(drawnHost, fc.nat(20), (drawn, which) => {
        const host = hostOf(drawn);
        const isOccupied = (port: Bdf) => host.functions.some(({ parent }) => parent === port);
        const ports = host.functions.filter(({ parent }) => parent === undefined);
        const target = ports.find(({ bdf }) => !isOccupied(bdf));
        const cards = host.functions.filter(
          ({ parent, bdf }) =>
            ports.some((port) => port.bdf === parent) && bdfParts(bdf).functionNumber === 0,
        );
        const card = cards[which % Math.max(cards.length, 1)];
        fc.pre(target !== undefined && card?.parent !== undefined);
        const there = `move=${card?.bdf ?? ''}:${target?.bdf ?? ''}`;
        const back = `move=${card?.bdf ?? ''}:${card?.parent ?? ''}`;
        const after = predict(host, there, back);
        // Where firmware leaves gaps, a range that was widened stays so: no address depends on it.
        if (drawn.gap === 0) expect(after.host).toEqual(host);
        expect([...after.origins].filter(([now, origin]) => now !== origin)).toEqual([]);
        expect(partitionOf(after)).toEqual(groupsOf(host));
        expect(after.groupChanges).toEqual([]);
        const addresses = predict(host, there).host.functions.map(({ bdf }) => bdf);
        expect(new Set(addresses).size).toBe(host.functions.length);
      }),
      { numRuns: 200 },
    );
  });

  it('a prediction never depends on the groups that the host shows', () => {
    fc.assert(
      fc.property(drawnHost, (drawn) => {
        const host = hostOf(drawn);
        const members = host.functions.map(({ bdf }) => bdf);
        const words = ['behind-switch=01:00.0', 'kernel=6.1'].slice(
          drawn.ports[0]?.card === undefined ? 1 : 0,
        );
        const shown = { ...host, observedGroups: [{ id: '0', members }] };
        expect(predict(shown, ...words).grouping).toEqual(predict(host, ...words).grouping);
      }),
      { numRuns: 50 },
    );
  });
});
