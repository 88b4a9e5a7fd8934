import { clearDeviceSerial } from './device-serial.ts';
import type { RedactionNotes } from './redaction-notes.ts';

/** A line of `lspci -x`, whatever a paste put before it. */
const LINE = /^((?:.{0,12}[\s>|])?)([0-9a-f]{1,2}0):((?: [0-9a-f]{2}){1,16})([ \t]*\r?\n?)$/;
const SPACE_BYTES = 4096;

/** The lines of one configuration space as lspci prints it, held until all are there. */
export class HexDump {
  #lines: string[] = [];
  #offsets: number[] = [];

  /** @returns False where the line is none of a dump, or begins another one. */
  take(line: string): boolean {
    const match = line.length < 100 ? LINE.exec(line) : null;
    const offset = match ? parseInt(match[2] ?? '', 16) : -1;
    if (offset < 0 || (offset !== 0 && offset <= (this.#offsets.at(-1) ?? -1))) return false;
    if (offset === 0 && this.#lines.length > 0) return false;
    this.#lines.push(line);
    this.#offsets.push(offset);
    return true;
  }

  /** The lines without the device's serial number; the next dump may begin. */
  end(notes: RedactionNotes): readonly string[] {
    const lines = this.#lines;
    const offsets = this.#offsets;
    this.#lines = [];
    this.#offsets = [];
    const bytes = new Uint8Array(SPACE_BYTES);
    const texts = lines.map((line) => LINE.exec(line)?.[3] ?? '');
    texts.forEach((text, at) => {
      bytes.set(Buffer.from(text.replaceAll(' ', ''), 'hex'), offsets[at]);
    });
    if (lines.length === 0 || !clearDeviceSerial(bytes)) return lines;
    notes.clearSerial();
    return lines.map((line, at) => {
      const text = texts[at] ?? '';
      return line.replace(text, dumped(bytes, offsets[at] ?? 0, text.length / 3));
    });
  }
}

function dumped(bytes: Uint8Array, offset: number, length: number): string {
  return [...bytes.subarray(offset, offset + length)]
    .map((byte) => ` ${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
