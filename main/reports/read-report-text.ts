import type { ReportPart } from '../../shared/report.ts';
import { cleanLines, type CleanText } from './clean-lines.ts';
import type { FactSheet } from './fact-sheet.ts';
import { kernelLogReader } from './kernel-log-reader.ts';
import type { LineReader } from './line-reader.ts';
import { listingReader } from './listing-reader.ts';
import { lspciReader } from './lspci/lspci-reader.ts';
import { recordsReader } from './lspci/records-reader.ts';
import { treeReader } from './lspci/tree-reader.ts';
import { nodeDeviceReader } from './node-device/node-device-reader.ts';
import { readFacter } from './read-facter.ts';
import { systemTextReader } from './system-text-reader.ts';
import { udevReader } from './udev-reader.ts';

/** Every layout of lines. The first that knows the beginning of a line gets it. */
const READERS: readonly ((sheet: FactSheet) => LineReader)[] = [
  listingReader,
  treeReader,
  udevReader,
  nodeDeviceReader,
  recordsReader,
  kernelLogReader,
  lspciReader,
  systemTextReader,
];

/**
 * Reads a text, whatever programs wrote it: the layouts may follow one another in one paste.
 *
 * @returns The parts that were recognised, which are noted on the sheet as well.
 */
export function readReportText(sheet: FactSheet, text: string): readonly ReportPart[] {
  const before = sheet.parts.length;
  if (/^\s*[[{]/.test(text) && readFacter(sheet, text)) {
    sheet.parts.push({
      kind: 'facter',
      file: sheet.file,
      firstLine: 1,
      lastLine: text.split('\n').length,
      confidence: 'certain',
    });
  } else readLines(sheet, text);
  return sheet.parts.slice(before);
}

interface Section {
  readonly reader: LineReader;
  readonly firstLine: number;
  lastLine: number;
  lines: number;
  endsBlank: boolean;
}

function readLines(sheet: FactSheet, text: string): void {
  const clean = cleanLines(text);
  const readers = READERS.map((make) => make(sheet));
  let section: Section | undefined;
  const close = (isCut: boolean): void => {
    if (section) endSection(sheet, section, isCut);
    section = undefined;
  };
  for (const line of clean.lines) {
    if (section?.reader.take(line)) {
      noteLine(section, line.number, line.text);
      continue;
    }
    const next = line.text === '' ? undefined : readers.find((reader) => reader.begins(line.text));
    // A line of no layout is prose, and ends what came before. Without an empty line between, it may
    // be a line of the layout that a paste has broken.
    close(section?.endsBlank !== true);
    if (next?.take(line)) {
      section = {
        reader: next,
        firstLine: line.number,
        lastLine: line.number,
        lines: 1,
        endsBlank: false,
      };
    }
  }
  close(clean.endsMidLine);
  reportCuts(sheet, clean);
}

function noteLine(section: Section, number: number, text: string): void {
  section.endsBlank = text.trim() === '';
  if (section.endsBlank) return;
  section.lastLine = number;
  section.lines++;
}

function endSection(sheet: FactSheet, section: Section, isCut: boolean): void {
  const { reader, firstLine, lastLine, lines } = section;
  reader.end(isCut);
  sheet.parts.push({
    kind: reader.kind,
    file: sheet.file,
    firstLine,
    lastLine,
    confidence: lines > 1 ? 'certain' : 'likely',
  });
}

function reportCuts(sheet: FactSheet, { cutLines, hasMoreLines, lines }: CleanText): void {
  for (const line of cutLines.slice(0, 20))
    sheet.complain(line, 'the line is too long and was cut');
  if (hasMoreLines) sheet.complain(lines.length, 'the text has more lines, which were not read');
}
