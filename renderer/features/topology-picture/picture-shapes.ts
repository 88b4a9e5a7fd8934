import { shownFunctions } from './picture-collapse.ts';
import type { ShownNode } from './picture-collapse.ts';
import type { PictureNodeKind } from './picture-graph.ts';

/** A rectangle in pixels of the picture. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How large a node is drawn, and where its lines are; styles and the exported file follow these. */
export const SHAPE = {
  headPx: 30,
  rowPx: 24,
  insidePx: 24,
  /** Height of a port: address and name, then role and ACS. */
  portPx: 50,
  footPx: 6,
  columnPx: 244,
  rowsPerColumn: 16,
} as const;

const WIDTHS: Readonly<Record<PictureNodeKind, number>> = {
  bus: 168,
  port: SHAPE.columnPx,
  card: SHAPE.columnPx,
  parts: SHAPE.columnPx,
  shares: SHAPE.columnPx,
};

/** Width and height of a node as it shows. */
export function sizeOf(shown: ShownNode): { readonly width: number; readonly height: number } {
  const { node, isOpen } = shown;
  const inside = isOpen ? 0 : SHAPE.insidePx;
  if (node.kind === 'bus') return { width: WIDTHS.bus, height: SHAPE.headPx + 6 + inside };
  if (node.kind === 'port') return { width: WIDTHS.port, height: SHAPE.portPx + inside };
  const rows = shownFunctions(shown).length;
  const columns = Math.max(1, Math.ceil(rows / SHAPE.rowsPerColumn));
  const lines = Math.min(rows, SHAPE.rowsPerColumn);
  return {
    width: WIDTHS[node.kind] * columns,
    height: SHAPE.headPx + lines * SHAPE.rowPx + inside + (lines + inside > 0 ? SHAPE.footPx : 0),
  };
}

/** Places of a node's functions, relative to its corner; a port is its function as a whole. */
export function rowsOf(shown: ShownNode): readonly (Rect & { readonly bdf: string })[] {
  const functionIds = shownFunctions(shown);
  const [port] = functionIds;
  if (shown.node.kind === 'port' && port !== undefined) {
    return [{ bdf: port, x: 0, y: 0, width: WIDTHS.port, height: SHAPE.portPx }];
  }
  return functionIds.map((bdf, index) => ({
    bdf,
    x: Math.floor(index / SHAPE.rowsPerColumn) * SHAPE.columnPx,
    y: SHAPE.headPx + (index % SHAPE.rowsPerColumn) * SHAPE.rowPx,
    width: SHAPE.columnPx,
    height: SHAPE.rowPx,
  }));
}

export function inflate({ x, y, width, height }: Rect, by: Margins): Rect {
  return {
    x: x - by.side,
    y: y - by.top,
    width: width + 2 * by.side,
    height: height + by.top + by.bottom,
  };
}

interface Margins {
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether `inner` lies in `outer`, edges included. */
export function contains(outer: Rect, inner: Rect): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}

/** The smallest rectangle around all; empty at the origin around none. */
export function boxAround(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
