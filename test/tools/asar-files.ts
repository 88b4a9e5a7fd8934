import { closeSync, openSync, readSync } from 'node:fs';

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
}

/**
 * Lists the files of an asar archive: four numbers, the last of them the length of a JSON header
 * that follows them.
 */
export function listAsarFiles(archive: string): string[] {
  const descriptor = openSync(archive, 'r');
  const sizes = Buffer.alloc(16);
  readSync(descriptor, sizes, 0, 16, 0);
  const header = Buffer.alloc(sizes.readUInt32LE(12));
  readSync(descriptor, header, 0, header.length, 16);
  closeSync(descriptor);
  return listEntries(JSON.parse(header.toString()) as Entry, '');
}

function listEntries(entry: Entry, prefix: string): string[] {
  return Object.entries(entry.files ?? {}).flatMap(([name, child]) =>
    child.files ? listEntries(child, `${prefix}${name}/`) : [`${prefix}${name}`],
  );
}
