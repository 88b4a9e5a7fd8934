import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCaseFile, readCaseFile, writeCaseFile } from '../../../main/library/case-file.ts';
import type { CaseManifest } from '../../../shared/case-manifest.ts';
import { packTar, type TarEntry } from '../../support/pack-tar.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const BYTES = Buffer.from('a file');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const MANIFEST: CaseManifest = {
  format: 'airlock-case/1',
  case: { name: 'Acme', createdAtMs: 1, tags: ['open'], notes: [{ text: 'n', writtenAtMs: 2 }] },
  snapshots: [{ sha256: SHA256, name: 'host.tar.gz', tags: [], notes: [] }],
};

async function read(path: string) {
  const parts = [];
  for await (const part of readCaseFile(path)) parts.push(part);
  return parts;
}

async function written(entries: readonly TarEntry[]): Promise<string> {
  const path = join(temporaryDirectory(), 'case.tar');
  writeFileSync(path, await packTar(entries));
  return path;
}

const manifestEntry = (manifest: unknown = MANIFEST): TarEntry => ({
  name: 'airlock-case.json',
  content: JSON.stringify(manifest),
});

describe('an exported case', () => {
  it('comes back as it was', async () => {
    const path = join(temporaryDirectory(), 'case.tar');
    await writeCaseFile(path, MANIFEST, () => BYTES);
    expect(isCaseFile(readFileSync(path))).toBe(true);
    expect(await read(path)).toEqual([
      { kind: 'manifest', manifest: MANIFEST },
      { kind: 'file', snapshot: MANIFEST.snapshots[0], bytes: BYTES },
    ]);
  });

  it('is not written over a file that is there', async () => {
    const path = join(temporaryDirectory(), 'case.tar');
    writeFileSync(path, 'mine');
    await expect(writeCaseFile(path, MANIFEST, () => BYTES)).rejects.toThrow(/EEXIST/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('is not left half written where a snapshot is damaged', async () => {
    const path = join(temporaryDirectory(), 'case.tar');
    const damaged = () => {
      throw new Error('damaged');
    };
    await expect(writeCaseFile(path, MANIFEST, damaged)).rejects.toThrow('damaged');
    expect(existsSync(path)).toBe(false);
  });

  it.each<readonly [string, readonly TarEntry[], RegExp]>([
    ['another archive', [{ name: 'sys', content: '' }], /does not begin with airlock-case\.json/],
    ['an empty one', [], /it is empty/],
    ['no JSON', [{ name: 'airlock-case.json', content: '{' }], /JSON/],
    ['another version', [manifestEntry({ ...MANIFEST, format: 'airlock-case/2' })], /format/],
    [
      'a file that it does not list',
      [manifestEntry(), { name: 'files/../../etc/passwd', content: 'x' }],
      /a file that it does not list/,
    ],
    [
      'another content',
      [manifestEntry(), { name: `files/${SHA256}`, content: 'other' }],
      /the content of host\.tar\.gz is not what was exported/,
    ],
  ])('%s is refused', async (_name, entries, reason) => {
    await expect(read(await written(entries))).rejects.toThrow(reason);
  });

  it('that was cut off, or is not there, is refused', async () => {
    const path = await written([manifestEntry(), { name: `files/${SHA256}`, content: BYTES }]);
    writeFileSync(path, readFileSync(path).subarray(0, 1700));
    await expect(read(path)).rejects.toThrow(/end/i);
    await expect(read(`${path}.missing`)).rejects.toThrow(/ENOENT/);
  });
});
