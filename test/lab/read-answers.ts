import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';

/** An emulator that refused its command line made no file. */
export function answersInFile(file: string): Buffer {
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
}

/** The tar may be absent or cut short: then there are fewer answers. */
export async function readAnswers(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const answers = new Map<string, Buffer>();
  const tar = extract();
  Readable.from([bytes]).pipe(tar);
  try {
    for await (const entry of tar) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      answers.set(entry.header.name.replace(/^\.\//, ''), Buffer.concat(chunks));
    }
  } catch {
    answers.delete('snapshot.tar.gz');
  }
  return answers;
}
