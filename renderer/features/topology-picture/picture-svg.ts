import type { FunctionView } from '../../../shared/view.ts';
import { ACS_STATES } from '../../components/acs-states.ts';
import { writeAddress } from '../../components/addresses.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import { linePath } from './line-path.ts';
import type { Drawing } from './picture-drawing.ts';
import type { PlacedNode } from './picture-layout.ts';
import type { Region, RegionLook } from './picture-regions.ts';
import type { Rect } from './picture-shapes.ts';
import { cardVerdict, headWords, insideWords } from './picture-words.ts';
import { PATTERN_PATHS, PATTERN_PX } from './region-patterns.ts';
import { element, textElement } from './svg-element.ts';

/** Colours of an exported picture: the light ones of `styles/tokens.css`, on white paper. */
const PAPER = {
  text: '#14181d',
  dim: '#56616d',
  line: '#8a95a1',
  node: '#ffffff',
  edge: '#c5cbd3',
} as const;

interface Hue {
  readonly line: string;
  readonly fill: string;
}

const PLAIN: Hue = { line: '#8a95a1', fill: '#f4f5f6' };

/** The hues of `styles/picture.css`. */
const HUES: readonly Hue[] = [
  { line: '#2f5fd0', fill: '#e6edfc' },
  { line: '#0f7a5a', fill: '#dff3eb' },
  { line: '#8a3fb0', fill: '#f3e8f9' },
  { line: '#a3470f', fill: '#fbeadf' },
  { line: '#0b6f8a', fill: '#def1f6' },
  { line: '#a32660', fill: '#fbe6ef' },
];

const FONT = 'Inter, system-ui, sans-serif';
const MONO = "'JetBrains Mono', ui-monospace, monospace";
/** Widths of a letter at 12 pixels, on the safe side: nothing can be measured here. */
const LETTER_PX = 6.7;
const MONO_PX = 7.3;

/** Writes a drawing as an SVG file that needs nothing else; text stays text. */
export function writeSvg(drawing: Drawing, title: string): string {
  const { picture, regions } = drawing;
  const [width, height] = [Math.ceil(picture.width), Math.ceil(picture.height)];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      ...{ width, height, viewBox: `0 0 ${width} ${height}` },
      'font-family': FONT,
      'font-size': 12,
    },
    [
      textElement('title', {}, title),
      element('defs', {}, PATTERN_PATHS.map(patternSvg)),
      element('rect', { width, height, fill: PAPER.node }),
      ...regions.map(regionSvg),
      ...picture.edges.map(({ points }) =>
        element('path', {
          d: linePath(points),
          ...{ fill: 'none', stroke: PAPER.line, 'stroke-width': 1.4 },
        }),
      ),
      ...picture.nodes.map((placed) => nodeSvg(placed, drawing)),
      ...regions.map(labelsSvg),
    ],
  );
}

function hueOf(look: RegionLook): Hue {
  return look === 'plain' ? PLAIN : (HUES[look] ?? PLAIN);
}

function patternSvg(d: string, look: number): string {
  const size = { width: PATTERN_PX, height: PATTERN_PX, patternUnits: 'userSpaceOnUse' };
  return element('pattern', { id: `p${look}`, ...size }, [
    element('path', { d, stroke: hueOf(look).line, 'stroke-opacity': 0.22, fill: 'none' }),
  ]);
}

/** Outlines, then areas over them, so that one outline stays; as on the page. */
function regionSvg({ look, parts }: Region): string {
  const { line, fill } = hueOf(look);
  const rects = parts.flatMap((part) => part.rects);
  const dash = look === 'plain' ? { 'stroke-dasharray': '4 3' } : {};
  const draw = (paint: Readonly<Record<string, string | number>>) =>
    rects.map((rect) => element('rect', { ...rounded(rect), ...paint }));
  return element('g', {}, [
    ...draw({ fill, stroke: line, 'stroke-width': 3, ...dash }),
    ...draw({ fill }),
    ...(look === 'plain' ? [] : draw({ fill: `url(#p${look})` })),
  ]);
}

function rounded({ x, y, width, height }: Rect) {
  return { x: px(x), y: px(y), width: px(width), height: px(height), rx: 10 };
}

function labelsSvg({ groupId, look, parts }: Region): string {
  const labels = parts.map(({ label }) =>
    textElement(
      'text',
      {
        ...{ x: px(label.x + 10), y: px(label.y + 17), fill: hueOf(look).line },
        'font-weight': 600,
      },
      `Group ${groupId}`,
    ),
  );
  return element('g', {}, labels);
}

function nodeSvg(placed: PlacedNode, drawing: Drawing): string {
  const { node, x, y, width, height, rows } = placed;
  const inside = drawing.inside[node.id];
  const box = { ...rounded(placed), rx: 7, fill: PAPER.node, stroke: PAPER.edge };
  const lines = rows.flatMap((row) => {
    const fn = drawing.host.functions[row.bdf];
    if (fn === undefined) return [];
    return node.kind === 'port' ? portLines(fn, row) : rowLines(fn, row, placed, drawing);
  });
  const foot =
    inside === undefined
      ? []
      : [words(insideWords(inside), { x: x + 10, y: y + height - 10, width, fill: PAPER.dim })];
  const head = node.kind === 'port' ? [] : headLines(placed, drawing);
  return element('g', {}, [element('rect', box), ...head, ...lines, ...foot]);
}

function headLines(placed: PlacedNode, drawing: Drawing): readonly string[] {
  const { node, x, y, width } = placed;
  const verdict = cardVerdict(node, drawing.host);
  const said = verdict === undefined ? '' : VERDICTS[verdict].word;
  const room = width - said.length * LETTER_PX;
  const title = words(headWords(node, drawing.host), { x: x + 10, y: y + 20, width: room });
  if (said === '') return [title];
  const end = { x: px(x + width - 10), y: px(y + 20), 'text-anchor': 'end', fill: PAPER.dim };
  return [title, textElement('text', end, said)];
}

function rowLines(
  fn: FunctionView,
  row: Rect,
  { node }: PlacedNode,
  drawing: Drawing,
): readonly string[] {
  const isMixed = drawing.mixedNodeIds.has(node.id);
  const group = isMixed ? `Group ${fn.groupId ?? 'none'}` : '';
  const look = drawing.looks[fn.groupId ?? ''] ?? 'plain';
  const y = row.y + 16;
  const room = row.width - group.length * LETTER_PX;
  const end = { x: px(row.x + row.width - 10), y: px(y), 'text-anchor': 'end' };
  return [
    ...addressAndName(fn, { ...row, width: room }, y),
    ...(isMixed ? [textElement('text', { ...end, fill: hueOf(look).line }, group)] : []),
  ];
}

function portLines(fn: FunctionView, row: Rect): readonly string[] {
  const acs = ACS_STATES[fn.acs].word;
  return [
    ...addressAndName(fn, row, row.y + 19),
    words(`${fn.role}: ${acs}`, { ...row, x: row.x + 10, y: row.y + 39, fill: PAPER.dim }),
  ];
}

function addressAndName(fn: FunctionView, row: Rect, y: number): readonly string[] {
  const address = writeAddress(fn.bdf, 'short');
  const start = row.x + 10;
  const after = address.length * MONO_PX + 8;
  return [
    textElement('text', { x: px(start), y: px(y), 'font-family': MONO, fill: PAPER.text }, address),
    words(fn.name, { x: start + after, y, width: row.width - after }),
  ];
}

interface Place {
  readonly x: number;
  readonly y: number;
  /** Of the whole line; words that do not fit are cut. */
  readonly width: number;
  readonly fill?: string;
}

function words(text: string, { x, y, width, fill = PAPER.text }: Place): string {
  const letters = Math.max(1, Math.floor((width - 20) / LETTER_PX));
  const cut = text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
  return textElement('text', { x: px(x), y: px(y), fill }, cut);
}

function px(value: number): number {
  return Math.round(value * 10) / 10;
}
