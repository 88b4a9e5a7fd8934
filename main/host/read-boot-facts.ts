import type { BootEntry, BootFacts } from '../../shared/boot-facts.ts';
import { unreadable } from '../../shared/fact.ts';
import {
  BOOT_FILES,
  BOOT_FOLDERS,
  BOOT_LISTED,
  BOOT_MARKERS,
  LOADER_VARIABLES,
} from './boot-paths.ts';
import { TEXT_BYTES } from './limits.ts';
import { isComplete, type Source, type SourceError } from './source.ts';

const MARKERS = 'airlock/markers';
/** Four bytes of attributes stand before the content of an EFI variable. */
const ATTRIBUTE_BYTES = 4;
const MAX_NAMES = 2000;

/**
 * Reads how a host boots.
 *
 * @returns Texts byte for byte as far as the source has them; for a snapshot in which the
 *   collector has replaced names `isExact` is false. A folder that could not be listed is an unreadable
 *   entry by its own path.
 */
export function readBootFacts(source: Source): BootFacts {
  const files: Record<string, BootEntry> = {};
  const put = (path: string, entry: BootEntry | undefined) => {
    if (entry !== undefined) files[path] = entry;
  };
  for (const path of readMarkers(source)) put(path, { state: 'present' });
  for (const path of BOOT_MARKERS) if (!(path in files)) put(path, probe(source, path));
  for (const folder of BOOT_LISTED) {
    for (const path of listFolder(source, folder, put)) put(path, { state: 'present' });
  }
  for (const [folder, end] of BOOT_FOLDERS) {
    const paths = listFolder(source, folder, put).filter((path) => path.endsWith(end));
    for (const path of paths) put(path, readFile(source, path));
  }
  for (const path of BOOT_FILES) put(path, readFile(source, path) ?? files[path]);
  for (const path of LOADER_VARIABLES) put(path, readVariable(source, path));
  return { files, isComplete: isComplete(source), isExact: source.manifest?.isRedacted !== true };
}

/** What the collector found in place: it lists names, where a live source would be asked. */
function readMarkers(source: Source): readonly string[] {
  const content = source.read(MARKERS, TEXT_BYTES);
  if (!content.ok) return [];
  const lines = textOf(content.value).split('\n');
  return lines.map((line) => line.replace(/\/$/, '')).filter((line) => line !== '');
}

/** Whether something is there; a link is kept, because wrappers are links. */
function probe(source: Source, path: string): BootEntry | undefined {
  const link = source.readLink(path);
  if (link.ok) return { state: 'link', target: link.value };
  const start = source.read(path, 1);
  if (start.ok || start.error.code === 'wrong-type' || start.error.code === 'too-big') {
    return { state: 'present' };
  }
  return missing(start.error);
}

function listFolder(
  source: Source,
  folder: string,
  put: (path: string, entry: BootEntry | undefined) => void,
): readonly string[] {
  const names = source.list(folder);
  if (!names.ok) {
    put(folder, missing(names.error));
    return [];
  }
  return names.value.slice(0, MAX_NAMES).map((name) => `${folder}/${name}`);
}

/** A file that ends at the limit was cut off: its digest would be that of a part. */
function readFile(source: Source, path: string): BootEntry | undefined {
  const content = source.read(path, TEXT_BYTES);
  if (!content.ok) return missing(content.error);
  if (content.value.length >= TEXT_BYTES) return unreadable('EFBIG');
  return { state: 'text', text: textOf(content.value) };
}

function readVariable(source: Source, path: string): BootEntry | undefined {
  const content = source.read(path, TEXT_BYTES);
  if (!content.ok) return missing(content.error);
  const { buffer, byteOffset, byteLength } = content.value;
  if (byteLength < ATTRIBUTE_BYTES) return unreadable('MALFORMED');
  const text = Buffer.from(buffer, byteOffset, byteLength).subarray(ATTRIBUTE_BYTES);
  return { state: 'text', text: text.toString('utf16le').replace(/\0.*$/s, '') };
}

function missing(error: SourceError): BootEntry | undefined {
  return error.code === 'absent' ? undefined : unreadable(error.errno);
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
