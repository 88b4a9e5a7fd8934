import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactFile } from '../../main/redact/redact-file.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** Redacts a text as a file of its own. */
export async function redactedText(text: string, name = 'report.txt'): Promise<string> {
  const folder = temporaryDirectory();
  const input = join(folder, name);
  writeFileSync(input, text);
  await redactFile(input, join(folder, 'out'));
  return readFileSync(join(folder, 'out'), 'utf8');
}
