import type { PlanFile } from '../binding/plan/plan-files.ts';

const BLOCK = 512;

/**
 * Packs text files into a tar archive, each below one folder, owned by root and readable by all.
 *
 * @param folder - Name of the folder; with a file's name at most 100 bytes of ASCII.
 * @see POSIX.1-2017, pax, "ustar Interchange Format"
 */
export function packFiles(folder: string, files: readonly PlanFile[], nowMs: number) {
  const blocks = files.flatMap(({ name, content, isExecutable }) => {
    const bytes = Buffer.from(content);
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    const mode = isExecutable ? 0o755 : 0o644;
    return [header(`${folder}/${name}`, { mode, size: bytes.length, nowMs }), bytes, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

interface EntryFacts {
  readonly mode: number;
  readonly size: number;
  readonly nowMs: number;
}

function header(name: string, { mode, size, nowMs }: EntryFacts): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  block.write(name, 0, 100, 'ascii');
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(nowMs / 1000), 11), 136);
  // The sum is formed with blanks in its own place.
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\0' + '00', 257);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return block;
}
