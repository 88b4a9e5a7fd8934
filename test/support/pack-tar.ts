import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';

/** One entry of a made-up archive; names and targets are written as they are. */
export interface TarEntry {
  readonly name: string;
  /** A file where given; otherwise a link, or a directory where that is missing too. */
  readonly content?: string | Uint8Array;
  readonly linkTarget?: string;
  readonly isHardLink?: boolean;
}

/** Makes a plain tar archive. */
export async function packTar(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, content, linkTarget, isHardLink } of entries) {
    if (content !== undefined) archive.entry({ name }, Buffer.from(content));
    else if (linkTarget === undefined) archive.entry({ name, type: 'directory' });
    else archive.entry({ name, type: isHardLink ? 'link' : 'symlink', linkname: linkTarget });
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Lists a directory as entries of an archive.
 *
 * @param prefix - What stands before every name: `./`, or a folder with its slash.
 */
export function entriesOf(root: string, prefix = ''): TarEntry[] {
  return readdirSync(root).flatMap((child) => {
    const place = join(root, child);
    const name = `${prefix}${child}`;
    const entry = lstatSync(place);
    if (entry.isSymbolicLink()) return [{ name, linkTarget: readlinkSync(place) }];
    if (!entry.isDirectory()) return [{ name, content: readFileSync(place) }];
    return [{ name }, ...entriesOf(place, `${name}/`)];
  });
}
