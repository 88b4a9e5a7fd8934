/** Sixteen bytes of configuration space, or fewer where the text is cut. */
export interface HexLine {
  readonly offset: number;
  readonly bytes: readonly number[];
}

const HEX = /^\s*([0-9a-f]{1,2}0):((?: [0-9a-f]{2}){1,16})\s*$/;

/** Reads a line of `lspci -x`: `00: 86 80 …`, up to `ff0:`. */
export function parseHexLine(line: string): HexLine | undefined {
  const match = HEX.exec(line);
  if (!match) return undefined;
  const bytes = (match[2] ?? '').trim().split(' ');
  return { offset: parseInt(match[1] ?? '', 16), bytes: bytes.map((byte) => parseInt(byte, 16)) };
}
