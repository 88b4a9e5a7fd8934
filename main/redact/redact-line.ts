import type { FileKind } from './file-kind.ts';
import type { KnownWords } from './known-words.ts';
import { replaceColons } from './rules/colons.ts';
import { replaceDisks } from './rules/disks.ts';
import { clearDump, replaceDashed, replaceUuids } from './rules/identifiers.ts';
import { replaceIp4 } from './rules/ip4.ts';
import { nameKey, replacePeople } from './rules/people.ts';
import { replaceRoute, replaceRoute6 } from './rules/routes.ts';
import { replaceSecrets } from './rules/secrets.ts';
import { replaceSerials } from './rules/serials.ts';
import { replaceServers } from './rules/servers.ts';
import type { RedactionNotes } from './redaction-notes.ts';
import { holdsMark, type TokenBook } from './token-book.ts';

/** What the rules work with. */
export interface Redaction {
  readonly book: TokenBook;
  readonly words: KnownWords;
  readonly notes: RedactionNotes;
}

/** A rule may show another what to replace; more rounds than these have never been needed. */
const MAX_ROUNDS = 4;

/**
 * Redacts one line.
 *
 * The rules run until none of them finds anything: what comes out is what a second redaction would
 * begin with, and stays as it is.
 *
 * @param line - Bytes as characters (`latin1`), with its line end or without.
 */
export function redactLine(line: string, kind: FileKind, redaction: Redaction): string {
  const { book } = redaction;
  let text = book.protect(line);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = applyRules(text, kind, redaction);
    if (next === text) break;
    text = next;
  }
  return book.show(text);
}

function applyRules(text: string, kind: FileKind, redaction: Redaction): string {
  const { book, words } = redaction;
  switch (kind) {
    case 'text':
    case 'manifest':
      return textRules(text, redaction);
    case 'mounts':
      return textRules(replaceServers(text, book), redaction);
    case 'route':
      return words.replace(replaceDashed(replaceRoute(text, book), book), book, ['if', 'host']);
    case 'route6':
      return words.replace(replaceDashed(replaceRoute6(text, book), book), book, ['if', 'host']);
    case 'mapper':
      return mapper(text, redaction);
    case 'kernel':
      return words.replace(text, book, ['host']);
    case 'name':
    case 'serial':
      return wholeValue(text, kind, book);
    case 'config':
    case 'bytes':
      return text;
  }
}

/** Whether mounts of file servers are in a line of any other text. */
const NETWORK_FILES = /\b(?:nfs4?|cifs|smb3|glusterfs|ceph)\b/;

function textRules(line: string, { book, words, notes }: Redaction): string {
  let text = replaceSecrets(clearDump(line, notes), book);
  if (NETWORK_FILES.test(text)) text = replaceServers(text, book);
  text = replacePeople(text, book);
  text = replaceIp4(text, book, words);
  text = replaceColons(text, book);
  text = replaceDashed(text, book);
  text = replaceUuids(text, book);
  text = replaceDisks(text, book);
  text = replaceSerials(text, book);
  return words.replace(text, book, ['if', 'host', 'user']);
}

/** Name or identifier of a mapped disk: what made it stays, what is unique goes. */
function mapper(line: string, { book, words }: Redaction): string {
  const lead = /^(?:(?:part\d+-)?[A-Z][A-Za-z]*-(?:LUKS[12]-|PLAIN-)?|mpath-)/.exec(line)?.[0];
  const rest = lead === undefined ? '' : line.slice(lead.length).trimEnd();
  if (lead !== undefined && rest !== '' && !holdsMark(rest)) {
    return lead + book.token('serial', rest) + line.slice(lead.length + rest.length);
  }
  return words.replace(replaceUuids(line, book), book, ['host']);
}

function wholeValue(line: string, kind: 'name' | 'serial', book: TokenBook): string {
  const value = line.replace(/[ \t\r\n\0]+$/, '');
  if (value === '' || holdsMark(value) || /^[0.x-]+$/i.test(value)) return line;
  const end = line.slice(value.length);
  if (kind === 'serial') return book.token('serial', value) + end;
  return /^localhost/.test(value) ? line : book.token('host', value, nameKey('host', value)) + end;
}
