import { isBundle } from './picture-collapse.ts';
import type { PlacedNode, PlacedPicture } from './picture-layout.ts';
import { SHAPE } from './picture-shapes.ts';
import type { Rect } from './picture-shapes.ts';

/** What the keyboard goes to: a function, or a node that can be opened or that begins a branch. */
export interface Stop extends Rect {
  /** Address of the function, or id of the node. */
  readonly id: string;
  readonly nodeId: string;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Nodes are in one column when they begin this near to each other. */
const COLUMN_PX = 40;

/** The stops of a picture, each node's own before its functions. */
export function stopsOf(picture: PlacedPicture): readonly Stop[] {
  return picture.nodes.flatMap((placed) => {
    const nodeId = placed.node.id;
    const rows = placed.rows.map(({ bdf, ...rect }) => ({ ...rect, id: bdf, nodeId }));
    return hasOwnStop(placed) ? [headStop(placed), ...rows] : rows;
  });
}

/** Root buses and bundles are stops themselves; other nodes are their functions. */
export function hasOwnStop({ node }: PlacedNode): boolean {
  return node.kind === 'bus' || isBundle(node);
}

function headStop({ node, x, y, width }: PlacedNode): Stop {
  return { id: node.id, nodeId: node.id, x, y, width, height: SHAPE.headPx };
}

/**
 * The stop that an arrow key leads to: up and down in the column, left to what it hangs below, right
 * to what hangs below it.
 *
 * @returns `undefined` where there is none.
 */
export function nextStop(
  picture: PlacedPicture,
  stops: readonly Stop[],
  from: Stop,
  direction: Direction,
): Stop | undefined {
  switch (direction) {
    case 'up':
      return inColumn(stops, from).findLast((stop) => stop.y < from.y);
    case 'down':
      return inColumn(stops, from).find((stop) => stop.y > from.y);
    case 'left': {
      const beside = besideIn(stops, from).findLast((stop) => stop.x < from.x);
      const parentId = nodeOf(picture, from)?.node.parentId;
      return beside ?? stops.find((stop) => stop.nodeId === parentId);
    }
    case 'right': {
      const beside = besideIn(stops, from).find((stop) => stop.x > from.x);
      const [childId] = nodeOf(picture, from)?.node.childIds ?? [];
      return beside ?? stops.find((stop) => stop.nodeId === childId);
    }
  }
}

function nodeOf(picture: PlacedPicture, { nodeId }: Stop): PlacedNode | undefined {
  return picture.nodes.find(({ node }) => node.id === nodeId);
}

function inColumn(stops: readonly Stop[], from: Stop): readonly Stop[] {
  return stops
    .filter((stop) => Math.abs(stop.x - from.x) < COLUMN_PX)
    .toSorted((a, b) => a.y - b.y);
}

/** Functions of the same node that stand beside it in another column of lines. */
function besideIn(stops: readonly Stop[], from: Stop): readonly Stop[] {
  return stops.filter((stop) => stop.nodeId === from.nodeId && stop.y === from.y && stop !== from);
}
