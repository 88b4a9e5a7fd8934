import { parseBdf, type Bdf } from '../../shared/bdf.ts';

/** An address at the start of a line, with what follows it. */
export interface Addressed {
  readonly bdf: Bdf;
  readonly rest: string;
}

const START = /^((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7])(?=[\s"]|$)/i;

/** Reads the address that a text begins with: `01:00.0 …` or `0000:01:00.0 …`. */
export function startAddress(text: string): Addressed | undefined {
  const match = START.exec(text);
  const bdf = match && parseBdf(match[1] ?? '');
  if (!match || !bdf) return undefined;
  return { bdf, rest: text.slice(match[0].length).trim() };
}

/** Two ids of 16 bits with a colon between: `10de:1b80`. */
export function parseIds(text: string): readonly [vendor: number, device: number] | undefined {
  const match = /^([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(text);
  return match ? [parseInt(match[1] ?? '', 16), parseInt(match[2] ?? '', 16)] : undefined;
}
