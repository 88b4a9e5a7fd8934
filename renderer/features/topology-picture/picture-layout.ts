import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { ShownNode } from './picture-collapse.ts';
import { boxAround, rowsOf, sizeOf } from './picture-shapes.ts';
import type { Point, Rect } from './picture-shapes.ts';

/** A shown node with its place, and the places of its functions. */
export interface PlacedNode extends ShownNode, Rect {
  readonly rows: readonly (Rect & { readonly bdf: string })[];
}

/** The line from a node to one that hangs below it. */
export interface PlacedEdge {
  readonly parentId: string;
  readonly childId: string;
  readonly points: readonly Point[];
}

export interface PlacedPicture {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/**
 * Options of Eclipse Layout Kernel 0.12: layers from left to right, in the order of addresses, so
 * that a picture looks the same each time and lines do not cross.
 */
const OPTIONS: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.aspectRatio': '1.5',
  'elk.padding': '[top=40,left=24,bottom=24,right=24]',
  'elk.spacing.nodeNode': '44',
  'elk.spacing.componentComponent': '64',
  'elk.spacing.edgeNode': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '52',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.mergeEdges': 'true',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.considerModelOrder.components': 'MODEL_ORDER',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
};

/** What the layout is asked: sizes and lines, no words. */
export function layoutQuestion(shown: readonly ShownNode[]): ElkNode {
  return {
    id: 'picture',
    layoutOptions: { ...OPTIONS },
    children: shown.map((one) => ({ id: one.node.id, ...sizeOf(one) })),
    edges: shown.flatMap(({ node }) =>
      node.parentId === undefined
        ? []
        : [{ id: `to ${node.id}`, sources: [node.parentId], targets: [node.id] }],
    ),
  };
}

/** The answer of the layout, with the nodes that were asked about. */
export function placePicture(shown: readonly ShownNode[], answer: ElkNode): PlacedPicture {
  const places = new Map((answer.children ?? []).map((child) => [child.id, child] as const));
  const nodes = shown.map((one) => {
    const { x = 0, y = 0 } = places.get(one.node.id) ?? {};
    const rows = rowsOf(one).map((row) => ({ ...row, x: row.x + x, y: row.y + y }));
    return { ...one, x, y, ...sizeOf(one), rows };
  });
  const box = boxAround(nodes);
  return {
    nodes,
    edges: (answer.edges ?? []).flatMap(({ sources, targets, sections }) => {
      const [parentId, childId, section] = [sources[0], targets[0], sections?.[0]];
      if (parentId === undefined || childId === undefined || section === undefined) return [];
      const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
      return [{ parentId, childId, points: points.map(({ x, y }) => ({ x, y })) }];
    }),
    width: answer.width ?? box.width,
    height: answer.height ?? box.height,
  };
}
