import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Host } from '../../shared/host.ts';
import { quoteName } from '../host/quote-name.ts';
import { buildHost } from './build-host.ts';
import { decodeText } from './decode-text.ts';
import { FactSheet } from './fact-sheet.ts';
import { MAX_TEXT_BYTES } from './limits.ts';
import { readReportText } from './read-report-text.ts';

/** Why a file is no report. */
export type ReportErrorCode = 'not-a-report' | 'too-big';

/** Reads a host from a file with such a text. */
export function openReportFile(path: string): Result<Host, Failure<ReportErrorCode>> {
  const size = statSync(path).size;
  if (size > MAX_TEXT_BYTES) return tooBig(path);
  return openReport(basename(path), readFileSync(path));
}

/**
 * Reads a host from a text that somebody sent: output of lspci, listings of groups, kernel logs, or
 * several of them in one paste.
 *
 * @param name - What a person calls it: a file name, `pasted text`.
 * @returns Fails only where nothing in it speaks about PCI functions.
 */
export function openReport(
  name: string,
  bytes: Uint8Array,
): Result<Host, Failure<ReportErrorCode>> {
  if (bytes.length > MAX_TEXT_BYTES) return tooBig(name);
  const text = decodeText(bytes);
  if (text === undefined)
    return refuse(name, 'it is neither a directory nor an archive nor a text');
  const sheet = new FactSheet();
  readReportText(sheet, text);
  if (sheet.functions.size === 0) return refuse(name, whyNothing(text));
  if (WEB_PAGE.test(text)) sheet.complain(1, `the text is ${A_PAGE}, lest lines are missing`);
  const info = { kind: 'report', name, capturedAtMs: undefined, wasRoot: undefined } as const;
  return ok(buildHost(sheet, info));
}

function refuse(name: string, reason: string) {
  return failure('not-a-report' as const, `Cannot read ${quoteName(name)}: ${reason}`);
}

function tooBig(name: string) {
  const reason = `it has more than ${MAX_TEXT_BYTES} bytes, more than any report`;
  return failure('too-big' as const, `Cannot read ${quoteName(name)}: ${reason}`);
}

/** A comment of the browser that saved it, or a declaration of XML, may come first. */
const WEB_PAGE = /^\s*(?:<(?:!--[^>]{0,500}--|\?xml [^>]{0,200})>\s*)?<(?:!doctype html|html)\b/i;
const A_PAGE = 'a web page: save or copy the text that it shows';

function whyNothing(text: string): string {
  if (text.trim() === '') return 'it is empty';
  if (WEB_PAGE.test(text)) return `it is ${A_PAGE}`;
  return 'it is neither a directory nor an archive, and as a text it says nothing about PCI functions';
}
