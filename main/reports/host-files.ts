import type { FactSheet } from './fact-sheet.ts';

/**
 * Notes a fact about the host as a whole as the file in which a running kernel has it: the reader
 * of trees then understands reports too, with its rules and not with copies of them.
 */
export function stateFile(sheet: FactSheet, path: string, text: string): void {
  const bytes = new TextEncoder().encode(text);
  sheet.files.addFile(path, [bytes], bytes.length);
}
