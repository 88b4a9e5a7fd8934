import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../../../main/engine/host-use');

/** Codes that stand in the sources: in `makeFinding` and in tables. */
function codesInSources(): readonly string[] {
  const sources = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
    .join('\n');
  const named = sources.matchAll(
    /(?:makeFinding\(|unlisted\(node, |code: |some: |all: )\s*'([a-z0-9-]+)'/g,
  );
  return [...new Set([...named].map((match) => match[1] ?? ''))].sort();
}

function codesInList(): readonly string[] {
  const rows = readFileSync(join(FOLDER, 'FINDINGS.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map((match) => match[1] ?? ''),
  );
}

describe('the list of findings', () => {
  it('names each code once, and no other', () => {
    expect(codesInSources().length).toBeGreaterThan(50);
    expect([...codesInList()].sort()).toEqual(codesInSources());
  });
});
