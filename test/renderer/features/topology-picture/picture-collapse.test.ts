import { describe, expect, it } from 'vitest';
import {
  canOpen,
  hiddenFunctions,
  insideOf,
  nodesAround,
  openedAtFirst,
  shownFunctions,
  shownNodes,
} from '../../../../renderer/features/topology-picture/picture-collapse.ts';
import { buildPicture } from '../../../../renderer/features/topology-picture/picture-graph.ts';
import type { HostView } from '../../../../shared/view.ts';
import { AM4_OFF } from '../../fixtures/am4-off.ts';
import { BIG_SERVER } from '../../fixtures/big-server.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { pictureHost } from './pictured-host.ts';

function shownOf(view: HostView, choices: Readonly<Record<string, boolean>> = {}) {
  const host = pictureHost(view);
  const graph = buildPicture(host);
  const opened = openedAtFirst(graph);
  return { host, graph, opened, shown: shownNodes(graph, opened, choices) };
}

describe('what shows at first', () => {
  it('is all of a workstation but its bundles', () => {
    const { shown } = shownOf(AM4_OFF);
    expect(shown.filter(({ isOpen }) => !isOpen).map(({ node }) => node.kind)).toEqual(['parts']);
  });

  it('is at most about a hundred nodes of a server, and names what it hides', () => {
    const { host, graph, shown } = shownOf(BIG_SERVER);
    expect(shown.length).toBeLessThan(110);
    const hidden = shown.map((one) => insideOf(graph, host, one).functions);
    const seen = shown.flatMap(shownFunctions).length;
    expect(seen + hidden.reduce((sum, count) => sum + count, 0)).toBe(4096);
  });
});

describe('opening and closing', () => {
  it.each([
    ['a desktop', INTEL_DESKTOP],
    ['a chipset', AM4_OFF],
    ['a server', BIG_SERVER],
  ])(
    'of any node of %s shows or hides each function once and changes no other node',
    (_n, view) => {
      const all = view.functions.map(({ bdf }) => bdf).toSorted();
      const { graph, opened, shown: before } = shownOf(view);
      for (const id of Object.keys(graph.nodes).slice(0, 40)) {
        for (const isOpen of [true, false]) {
          const shown = shownNodes(graph, opened, { [id]: isOpen });
          const told = shown.flatMap((one) => [
            ...shownFunctions(one),
            ...hiddenFunctions(graph, one),
          ]);
          expect(told.toSorted().join(' ')).toBe(all.join(' '));
          const still = new Map(shown.map((one) => [one.node.id, one] as const));
          const others = before.filter(({ node }) => node.id !== id && still.has(node.id));
          expect(others.map(({ node }) => still.get(node.id))).toEqual(others);
        }
      }
    },
  );

  it('of what lies around a function makes it show', () => {
    const bdf = '0000:02:03.1';
    const { graph } = shownOf(BIG_SERVER);
    const choices = Object.fromEntries(nodesAround(graph, bdf).map((id) => [id, true]));
    const { shown } = shownOf(BIG_SERVER, choices);
    expect(shown.flatMap(shownFunctions)).toContain(bdf);
  });

  it('is offered only where there is something inside', () => {
    const { graph } = shownOf(AM4_OFF);
    const closed = Object.values(graph.nodes).filter((node) => !canOpen(node));
    expect(closed.every((node) => node.childIds.length === 0)).toBe(true);
    expect(closed.length).toBeGreaterThan(0);
  });
});
