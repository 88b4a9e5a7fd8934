import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { FILES, row } from './made-tables.ts';
import { formatQuirkFiles, readQuirkFiles, writeQuirkFiles } from './quirk-files.ts';

const TABLES = join(import.meta.dirname, '../../../main/quirks');

describe('the tables as files', () => {
  it('are written as they stand in main/quirks, to the byte', () => {
    for (const [name, text] of formatQuirkFiles(readQuirkFiles(TABLES))) {
      expect(text).toBe(readFileSync(join(TABLES, name), 'utf8'));
    }
  });

  it('are read as they were written', () => {
    const folder = temporaryDirectory();
    writeQuirkFiles(folder, FILES);
    expect(readQuirkFiles(folder)).toEqual(FILES);
  });

  it('are refused where a row names a kernel that is no witness', () => {
    const folder = temporaryDirectory();
    const stray = row({ device: '3b42' }, { allBut: ['6.0.1'] });
    writeQuirkFiles(folder, { ...FILES, tables: { ...FILES.tables, 'intel-pch-ports': [stray] } });
    expect(() => readQuirkFiles(folder)).toThrow('names 6.0.1, which is no witness');
  });

  it('are refused where a row does not say where it was seen', () => {
    const folder = temporaryDirectory();
    writeQuirkFiles(folder, FILES);
    const file = join(folder, 'intel-pch-ports.json');
    writeFileSync(file, '{"about": "", "rows": [{"device": "3b42"}]}');
    expect(() => readQuirkFiles(folder)).toThrow('"3b42"} does not say where it was seen');
  });
});
