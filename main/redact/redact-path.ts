import type { Redaction } from './redact-line.ts';
import type { TokenBook } from './token-book.ts';
import { replaceColons } from './rules/colons.ts';
import { replaceDisks } from './rules/disks.ts';
import { replaceDashed, replaceUuids } from './rules/identifiers.ts';
import { replaceIp4 } from './rules/ip4.ts';
import { replaceIn, replaceSerials } from './rules/serials.ts';

/** Names below these are the kernel's and may look like anything; what is before them is not. */
const KERNEL_PART = /(?:(?<=^|\/)(?:sys|proc|dev)|(?<=\.\.\/)devices)\/.*$/s;
const HOME = /((?:^|\/)home\/)([^/]+)/g;
/**
 * Folders of bundles: `sosreport-NAME-2026-01-31-…`, `NAME-diagnostics-2026…`. What stands before a
 * date is the name, with a case's number where there is one; without a date its first part is.
 */
const BUNDLE = /((?:^|\/)sosreport-)([\w.-]+?(?=-\d{4}-\d\d-\d\d|-\d{8})|[\w.]+(?=-))/g;
const DIAGNOSTICS = /((?:^|\/))([\w.-]+?)(?=-diagnostics-\d)/g;

/**
 * Redacts the name of a file, or the target of a link. A path keeps its shape: as many parts as
 * before, none of them empty.
 */
export function redactPath(path: string, redaction: Redaction): string {
  const kernels = KERNEL_PART.exec(path)?.[0] ?? '';
  const chosen = path.slice(0, path.length - kernels.length);
  return redactChosen(chosen, redaction) + redactKernels(kernels, redaction);
}

function redactChosen(path: string, { book, words }: Redaction): string {
  let text = replaceIp4(book.protect(path), book, words);
  text = replaceUnique(text, book);
  text = replaceSerials(replaceDisks(text, book), book);
  text = replaceIn(text, HOME, (name) => book.token('user', name));
  text = replaceIn(text, BUNDLE, (name) => book.token('host', name));
  text = replaceIn(text, DIAGNOSTICS, (name) => book.token('host', name));
  return book.show(words.replace(text, book, ['if', 'host', 'user']));
}

function redactKernels(path: string, { book, words }: Redaction): string {
  const text = replaceDisks(replaceUnique(book.protect(path), book), book);
  return book.show(words.replace(text, book, ['if']));
}

/** What nothing has to introduce. */
function replaceUnique(path: string, book: TokenBook): string {
  const text = replaceDashed(replaceUuids(path, book), book);
  return /:.*:.*:/.test(text) ? replaceColons(text, book) : text;
}

/** Names that a path shows: learned before anything is replaced. */
export function learnFromPath(path: string, { book, words }: Redaction): void {
  book.reserve(path);
  const network = /(?:^|\/)sys\/class\/net\/([^/]+)$|\/net\/([^/]+)$/.exec(path);
  if (network) words.addInterface(network[1] ?? network[2] ?? '');
  const chosen = path.replace(KERNEL_PART, '');
  for (const [, , name = ''] of chosen.matchAll(HOME)) words.add('user', name);
  for (const pattern of [BUNDLE, DIAGNOSTICS]) {
    for (const [, , name = ''] of chosen.matchAll(pattern)) words.add('host', name);
  }
}
