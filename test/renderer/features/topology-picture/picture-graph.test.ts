import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPicture } from '../../../../renderer/features/topology-picture/picture-graph.ts';
import type { PictureGraph } from '../../../../renderer/features/topology-picture/picture-graph.ts';
import type { HostView } from '../../../../shared/view.ts';
import { AM4_OFF } from '../../fixtures/am4-off.ts';
import { BIG_SERVER } from '../../fixtures/big-server.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { pictureHost } from './pictured-host.ts';

const graphOf = (view: HostView) => buildPicture(pictureHost(view));

/** Nodes as `kind: functions`, each below its parent. */
function outline({ rootIds, nodes }: PictureGraph): readonly string[] {
  const lines = (id: string, indent: string): readonly string[] => {
    const node = nodes[id]!;
    const words = [`${indent}${node.id}`, ...node.functionIds.map((bdf) => bdf.slice(5))];
    return [words.join(' '), ...node.childIds.flatMap((child) => lines(child, `${indent}  `))];
  };
  return rootIds.flatMap((id) => lines(id, ''));
}

function functionsOf({ nodes }: PictureGraph): readonly string[] {
  return Object.values(nodes)
    .flatMap(({ functionIds }) => functionIds)
    .toSorted();
}

describe('the picture of a host', () => {
  it('has ports by themselves, cards by slot, and one bundle for parts of the host', () => {
    expect(outline(graphOf(AM4_OFF))).toMatchInlineSnapshot(`
      [
        "bus 0000:00",
        "  parts 0000:00 00:00.0 00:14.3",
        "  card 0000:00:01 00:01.0",
        "  port 0000:00:01.1 00:01.1",
        "    card 0000:01:00 01:00.0",
        "  port 0000:00:01.3 00:01.3",
        "    card 0000:02:00 02:00.0 02:00.1",
        "    port 0000:02:00.2 02:00.2",
        "      port 0000:03:00.0 03:00.0",
        "        card 0000:04:00 04:00.0",
        "      port 0000:03:01.0 03:01.0",
        "        card 0000:05:00 05:00.0 05:00.1",
        "      port 0000:03:04.0 03:04.0",
        "  port 0000:00:03.1 00:03.1",
        "    card 0000:07:00 07:00.0 07:00.1 07:00.2 07:00.3",
      ]
    `);
  });

  it('bundles the virtual functions of each physical function', () => {
    const graph = graphOf(BIG_SERVER);
    expect(graph.nodes['card 0000:01:00']?.childIds).toEqual([
      'shares 0000:01:00.0',
      'shares 0000:01:00.1',
    ]);
    expect(graph.nodes['shares 0000:01:00.1']?.functionIds).toHaveLength(126);
  });

  it.each([
    ['a desktop', INTEL_DESKTOP],
    ['a chipset', AM4_OFF],
    ['4,096 functions', BIG_SERVER],
  ])('shows each function of %s once', (_name, view) => {
    expect(functionsOf(graphOf(view))).toEqual(view.functions.map(({ bdf }) => bdf).toSorted());
  });

  it('shows each function once, whatever a file says of parents and kinds', () => {
    const { functions } = INTEL_DESKTOP;
    const bdfs = functions.map(({ bdf }) => bdf);
    const anyOf = fc.option(fc.constantFrom(...bdfs), { nil: undefined });
    const wired = fc.tuple(
      ...functions.map(() =>
        fc.record({ parent: anyOf, physicalFunction: anyOf, isHostPart: fc.boolean() }),
      ),
    );
    fc.assert(
      fc.property(wired, (wiring) => {
        const changed = functions.map((fn, index) => ({ ...fn, ...wiring[index] }));
        const graph = graphOf({ ...INTEL_DESKTOP, functions: changed });
        expect(functionsOf(graph)).toEqual([...bdfs].toSorted());
        const reached = new Set(outline(graph).map((line) => line.trim()));
        expect(reached.size).toBe(Object.keys(graph.nodes).length);
      }),
    );
  });
});
