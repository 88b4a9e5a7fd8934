import { hiddenFunctions } from './picture-collapse.ts';
import type { PictureGraph, PictureHost } from './picture-graph.ts';
import type { PlacedNode, PlacedPicture } from './picture-layout.ts';
import { boxAround, inflate, overlaps } from './picture-shapes.ts';
import type { Point, Rect } from './picture-shapes.ts';

/** One connected area of a group. Several where functions of the group lie apart. */
export interface RegionPart {
  /** Together they make the area; they may overlap. */
  readonly rects: readonly Rect[];
  /** Where the group's name stands: the corner of the first rectangle. */
  readonly label: Point;
}

/** Where a group lies in the picture. */
export interface Region {
  readonly groupId: string;
  readonly look: RegionLook;
  readonly parts: readonly RegionPart[];
  /** Lines of nodes that show functions of other groups too. */
  readonly rows: readonly Rect[];
}

/** Number of a hue with its pattern, or `plain` for groups that hold only parts of the host. */
export type RegionLook = number | 'plain';

export const REGION_LOOKS = 6;

const AROUND = { side: 10, top: 24, bottom: 10 } as const;
const BAND_PX = 9;
/** A band without its ends: columns hold nodes of others, the rectangles of nodes reach beyond. */
const BETWEEN_COLUMNS = { side: -BAND_PX - 5, top: 0, bottom: 0 } as const;
/** Kept free around what belongs to others. */
const APART = { side: 4, top: 4, bottom: 4 } as const;

/**
 * The look of each group: by its place on the whole host, so that opening and closing nodes never
 * recolours a group, and neighbours differ.
 */
export function regionLooks(host: PictureHost): Readonly<Record<string, RegionLook>> {
  const looks: Record<string, RegionLook> = {};
  let next = 0;
  for (const bdf of host.functionIds) {
    const { groupId } = host.functions[bdf] ?? {};
    if (groupId === undefined || looks[groupId] !== undefined) continue;
    const isPlain = host.verdicts[groupId] === 'host-parts';
    looks[groupId] = isPlain ? 'plain' : next++ % REGION_LOOKS;
  }
  return looks;
}

/** Where each group lies among the nodes that show. */
export function findRegions(
  host: PictureHost,
  graph: PictureGraph,
  picture: PlacedPicture,
): readonly Region[] {
  const looks = regionLooks(host);
  const groupOf = (bdf: string) => host.functions[bdf]?.groupId;
  const wholes = Map.groupBy(picture.nodes, (node) => groupOfNode(node, graph, groupOf) ?? '');
  const lines = picture.nodes
    .filter((node) => groupOfNode(node, graph, groupOf) === undefined)
    .flatMap((node) => node.rows);
  const rows = Map.groupBy(lines, ({ bdf }) => groupOf(bdf) ?? '');
  return Object.keys(looks).flatMap((groupId) => {
    const whole = wholes.get(groupId) ?? [];
    const parts = partsOf(whole, picture);
    const ownRows = (rows.get(groupId) ?? []).map(({ x, y, width, height }) => ({
      ...{ x, y, width, height },
    }));
    if (parts.length + ownRows.length === 0) return [];
    return [{ groupId, look: looks[groupId] ?? 'plain', parts, rows: ownRows }];
  });
}

/** The one group of all that a node shows or hides in itself; `undefined` where there are several. */
function groupOfNode(
  node: PlacedNode,
  graph: PictureGraph,
  groupOf: (bdf: string) => string | undefined,
): string | undefined {
  const own = node.rows.length > 0 ? node.rows.map(({ bdf }) => bdf) : hiddenFunctions(graph, node);
  const groups = new Set(own.map(groupOf));
  return groups.size === 1 ? [...groups][0] : undefined;
}

/** Areas of nodes that belong to one group as a whole. */
function partsOf(whole: readonly PlacedNode[], picture: PlacedPicture): readonly RegionPart[] {
  if (whole.length === 0) return [];
  const ids = new Set(whole.map(({ node }) => node.id));
  const area: Area = {
    picture,
    ids,
    foreign: picture.nodes.filter(({ node }) => !ids.has(node.id)).map((n) => inflate(n, APART)),
    childrenOf: Map.groupBy(whole, ({ node }) => node.parentId ?? ''),
  };
  const tops = whole.filter(({ node }) => !ids.has(node.parentId ?? ''));
  const siblings = Map.groupBy(tops, ({ node }) => node.parentId ?? node.id);
  return [...siblings.values()].flatMap((run) => {
    const isOne = run.length === 1 || oneBox(run, area) !== undefined;
    const pieces = isOne ? [run] : run.map((top) => [top]);
    return pieces.map((piece) => {
      const rects = rectsAround(piece, area);
      return { rects, label: { x: rects[0]?.x ?? 0, y: rects[0]?.y ?? 0 } };
    });
  });
}

interface Area {
  readonly picture: PlacedPicture;
  readonly ids: ReadonlySet<string>;
  /** What the area must not cover. */
  readonly foreign: readonly Rect[];
  readonly childrenOf: ReadonlyMap<string, readonly PlacedNode[]>;
}

/** A node and all of its group that hangs below it. */
function branch(top: PlacedNode, area: Area): readonly PlacedNode[] {
  const below = area.childrenOf.get(top.node.id) ?? [];
  return [top, ...below.flatMap((child) => branch(child, area))];
}

/** One rectangle around all, unless it would cover what belongs to another group. */
function oneBox(nodes: readonly PlacedNode[], { foreign }: Area): readonly Rect[] | undefined {
  const box = inflate(boxAround(nodes), AROUND);
  return foreign.some((other) => overlaps(box, other)) ? undefined : [box];
}

/**
 * Siblings with all that hangs below them: one rectangle where that is free, else the siblings, what
 * hangs below them, and what joins both.
 */
function rectsAround(run: readonly PlacedNode[], area: Area): readonly Rect[] {
  const whole = oneBox(
    run.flatMap((top) => branch(top, area)),
    area,
  );
  if (whole !== undefined) return whole;
  const below = run.map(({ node }) => area.childrenOf.get(node.id) ?? []);
  return [
    ...(oneBox(run, area) ?? run.map((node) => inflate(node, AROUND))),
    ...below.flatMap((children) =>
      children.length === 0 ? [] : [...joints(children, area), ...rectsAround(children, area)],
    ),
  ];
}

/** What joins nodes to the one that they hang below: the room of their lines, or bands along them. */
function joints(children: readonly PlacedNode[], { picture, foreign }: Area): readonly Rect[] {
  const ids = new Set(children.map(({ node }) => node.id));
  const lines = picture.edges.filter(({ childId }) => ids.has(childId));
  const room = inflate(bandAround(lines.flatMap(({ points }) => points)), BETWEEN_COLUMNS);
  if (!foreign.some((other) => overlaps(room, other))) return [room];
  return lines.flatMap(({ points }) =>
    points.slice(1).map((to, index) => bandAround([points[index] ?? to, to])),
  );
}

function bandAround(points: readonly Point[]): Rect {
  const box = boxAround(points.map((point) => ({ ...point, width: 0, height: 0 })));
  return inflate(box, { side: BAND_PX, top: BAND_PX, bottom: BAND_PX });
}
