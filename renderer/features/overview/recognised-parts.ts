import type { ReportView } from '../../../shared/view.ts';

/** The parts of one kind in one file. */
export interface RecognisedPart {
  readonly kind: ReportView['parts'][number]['kind'];
  readonly file: string | undefined;
  readonly firstLine: number;
  readonly lastLine: number;
  /** How many pieces it comes in. */
  readonly pieces: number;
  readonly isLikely: boolean;
}

/** The parts of a report, one entry for each kind in each file: dmesg comes in many pieces. */
export function recognisedParts(parts: ReportView['parts']): readonly RecognisedPart[] {
  const byPlace = Map.groupBy(parts, ({ kind, file }) => `${kind} ${file ?? ''}`);
  return [...byPlace.values()].flatMap((pieces) => {
    const [first] = pieces;
    if (first === undefined) return [];
    return {
      kind: first.kind,
      file: first.file,
      firstLine: Math.min(...pieces.map(({ firstLine }) => firstLine)),
      lastLine: Math.max(...pieces.map(({ lastLine }) => lastLine)),
      pieces: pieces.length,
      isLikely: pieces.every(({ confidence }) => confidence === 'likely'),
    };
  });
}
