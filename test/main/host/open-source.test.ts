import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchiveBytes } from '../../../main/host/open-archive.ts';
import { openSource } from '../../../main/host/open-source.ts';
import { readHost } from '../../../main/host/read-host.ts';
import type { Host } from '../../../shared/host.ts';
import { FULL_ACS } from '../../support/build-config.ts';
import { buildTree, type TreeFunction } from '../../support/build-tree.ts';
import { entriesOf, packTar, type TarEntry } from '../../support/pack-tar.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const bridge = { primary: 0, secondary: 1, subordinate: 1 };
const FUNCTIONS: readonly TreeFunction[] = [
  { bdf: '0000:00:00.0', group: '0', config: { classCode: 0x060000 } },
  {
    bdf: '0000:00:01.0',
    group: '1',
    driver: 'pcieport',
    config: { portType: 'root-port', classCode: 0x060400, acs: FULL_ACS, bridge },
  },
  { bdf: '0000:01:00.0', parent: '0000:00:01.0', group: '2', config: { portType: 'endpoint' } },
];

const MANIFEST = {
  format: 'airlock-snapshot/1',
  capturedAt: '2026-11-22T13:10:16Z',
  isRoot: true,
  unreadable: [{ path: 'sys/firmware/acpi/tables/DMAR', reason: 'Permission denied' }],
};

function tree(): string {
  const root = temporaryDirectory();
  buildTree(root, { functions: FUNCTIONS, iommu: 'dmar0' });
  return root;
}

async function read(path: string): Promise<Host> {
  const source = await openSource(path, { nowMs: 5 });
  if (!source.ok) throw new Error(source.error.message);
  const host = readHost(source.value, { depth: 'full' });
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

async function readEntries(entries: readonly TarEntry[], name = 'host.tar'): Promise<Host> {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, await packTar(entries));
  return read(path);
}

describe('one host from every kind of source', () => {
  it.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
    [
      'gzip in two parts',
      (bytes: Buffer) =>
        Buffer.concat([gzipSync(bytes.subarray(0, 9999)), gzipSync(bytes.subarray(9999))]),
    ],
  ])(
    'a %s archive reads like the directory it was made of, whatever its name',
    async (_name, compress) => {
      const root = tree();
      const path = join(temporaryDirectory(), 'data.bin');
      writeFileSync(path, compress(await packTar(entriesOf(root))));
      const [fromDirectory, fromArchive] = [await read(root), await read(path)];
      expect(fromArchive).toEqual({
        ...fromDirectory,
        source: { kind: 'archive', name: 'data.bin', capturedAtMs: undefined, wasRoot: undefined },
      });
      expect(fromArchive.functions.map((fn) => fn.bdf)).toEqual(FUNCTIONS.map((fn) => fn.bdf));
    },
  );

  it.each([
    ['names begin with ./', './'],
    ['the tree lies in one folder', 'sosreport-host-2026/'],
    ['the tree lies in one folder behind ./', './32intel64/'],
  ])('an archive may be packed so that %s', async (_name, prefix) => {
    const root = tree();
    const host = await readEntries(entriesOf(root, prefix));
    expect({ ...host, source: undefined }).toEqual({ ...(await read(root)), source: undefined });
  });

  it('an archive may leave out the entries of directories', async () => {
    const root = tree();
    const isFileOrLink = (entry: TarEntry) =>
      entry.content !== undefined || entry.linkTarget !== undefined;
    const host = await readEntries(entriesOf(root).filter(isFileOrLink));
    expect(host.functions).toEqual((await read(root)).functions);
    expect(host.observedGroups).toEqual((await read(root)).observedGroups);
  });

  it('an archive may hold hard links and two entries of one name', async () => {
    const vendor = 'sys/devices/pci0000:00/0000:00:00.0/vendor';
    const host = await readEntries([
      ...entriesOf(tree()),
      { name: vendor, content: '0x1022\n' },
      { name: vendor.replace('vendor', 'subsystem_vendor'), linkTarget: vendor, isHardLink: true },
    ]);
    expect(host.functions[0]?.vendorId).toBe(0x1022);
  });

  it('bytes in memory read like the file', async () => {
    const bytes = gzipSync(await packTar(entriesOf(tree())));
    const source = await openArchiveBytes(
      { kind: 'ssh', name: 'host', label: 'ssh://host' },
      bytes,
    );
    expect(source.ok && source.value.info).toMatchObject({ kind: 'ssh', name: 'host' });
    expect(source.ok && readHost(source.value, { depth: 'grouping' })).toMatchObject({ ok: true });
  });

  it('a directory may be the sys itself or the folder above the tree', async () => {
    const above = temporaryDirectory();
    const root = join(above, 'host');
    mkdirSync(root);
    buildTree(root, { functions: FUNCTIONS, iommu: 'dmar0' });
    for (const path of [above, join(root, 'sys')]) {
      expect((await read(path)).functions).toHaveLength(3);
    }
  });

  it('the root directory is the host we run on', async () => {
    const source = await openSource('/', { nowMs: 5 });
    expect(source).toMatchObject({ ok: true, value: { info: { kind: 'live', capturedAtMs: 5 } } });
    expect(source.ok && readHost(source.value, { depth: 'full' })).toMatchObject({ ok: true });
  });
});

describe('the manifest of a snapshot', () => {
  it('gives time and rights, and tells what was unreadable from what was absent', async () => {
    const manifest = { name: 'manifest.json', content: JSON.stringify(MANIFEST) };
    const tables = { name: 'airlock/acpi-tables', content: 'APIC\nDMAR\n' };
    const host = await readEntries([manifest, tables, ...entriesOf(tree())]);
    expect(host.source).toEqual({
      kind: 'archive',
      name: 'host.tar',
      capturedAtMs: Date.UTC(2026, 10, 22, 13, 10, 16),
      wasRoot: true,
    });
    expect(host.iommu).toMatchObject({ acpiTables: ['DMAR'], ivrsAliases: undefined });
    expect(host.problems).toEqual([
      {
        path: 'sys/firmware/acpi/tables/DMAR',
        code: 'unreadable',
        text: 'Cannot read sys/firmware/acpi/tables/DMAR: permission denied',
      },
    ]);
  });

  it('makes a missing IVRS unreadable, not absent', async () => {
    const path = 'sys/firmware/acpi/tables/IVRS';
    const manifest = { ...MANIFEST, unreadable: [{ path, reason: 'Permission denied' }] };
    const host = await readEntries([
      { name: 'manifest.json', content: JSON.stringify(manifest) },
      { name: 'airlock/acpi-tables', content: 'IVRS\n' },
      ...entriesOf(tree()),
    ]);
    expect(host.iommu.ivrsAliases).toEqual({ state: 'unreadable', errno: 'EACCES' });
  });

  it('counts in an unpacked snapshot too', async () => {
    const root = tree();
    writeFileSync(join(root, 'manifest.json'), JSON.stringify(MANIFEST));
    expect((await read(root)).source).toMatchObject({ kind: 'directory', wasRoot: true });
  });
});

describe('links in a directory', () => {
  it('never lead out of it', async () => {
    const root = temporaryDirectory();
    const outside = temporaryDirectory();
    writeFileSync(join(outside, 'secret'), '0x1234\n');
    const device = 'sys/devices/pci0000:00/0000:00:00.0';
    buildTree(root, {
      functions: [{ bdf: '0000:00:00.0', files: { vendor: undefined } }],
      links: { [`${device}/vendor`]: join(outside, 'secret') },
    });
    symlinkSync(outside, join(root, 'sys/firmware'));
    const host = await read(root);
    expect(host.functions[0]?.vendorId).toBe(0x8086);
    expect(host.iommu.acpiTables).toEqual({ state: 'unreadable', errno: 'EXDEV' });
  });
});
