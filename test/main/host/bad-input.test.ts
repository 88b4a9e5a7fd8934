import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS } from '../../../main/host/limits.ts';
import { openArchiveStream } from '../../../main/host/open-archive.ts';
import { openSource } from '../../../main/host/open-source.ts';
import { readHost } from '../../../main/host/read-host.ts';
import { buildTree } from '../../support/build-tree.ts';
import { entriesOf, packTar, type TarEntry } from '../../support/pack-tar.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const MIB = 2 ** 20;
const FUNCTION = { name: 'sys/bus/pci/devices/0000:00:00.0/vendor', content: '0x8086\n' };

/** What a user would see: the code and the one line. */
async function openBytes(bytes: Uint8Array, limits = ARCHIVE_LIMITS) {
  const path = join(temporaryDirectory(), 'host.tar');
  writeFileSync(path, bytes);
  const source = await openSource(path, { nowMs: 0, limits });
  if (source.ok) throw new Error('opened');
  expect(source.error.message).toMatch(/^Cannot read [^\n]*host\.tar: [^\n]+$/);
  return { code: source.error.code, reason: source.error.message.split('host.tar: ')[1] };
}

async function openEntries(...entries: TarEntry[]) {
  return openBytes(await packTar(entries));
}

async function sampleTar(): Promise<Buffer> {
  const root = temporaryDirectory();
  buildTree(root, { functions: [{ bdf: '0000:00:00.0' }, { bdf: '0000:00:01.0' }] });
  return packTar(entriesOf(root));
}

describe('a file that is no archive', () => {
  const notArchive = {
    code: 'not-an-archive',
    reason: 'it is neither a directory nor a tar archive',
  };

  it.each([
    ['text', Buffer.from('00:00.0 Host bridge: Intel\n'.repeat(100))],
    ['nothing', Buffer.alloc(0)],
    ['binary junk', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) & 0xff))],
    ['packed text', gzipSync('hello\n')],
  ])('%s is refused', async (_name, bytes) => {
    expect(await openBytes(bytes)).toEqual(notArchive);
  });

  it.each([
    ['xz', 'fd377a585a000004', 'damaged', /^the xz data are damaged after 0 unpacked bytes/],
    ['bzip2', '425a683931415926', 'damaged', /^the bzip2 data are damaged after 0 unpacked bytes/],
    ['zip', '504b030414000000', 'truncated', /^the zip archive has no list of its entries/],
  ])('%s by its first bytes alone is refused', async (_name, head, code, reason) => {
    const bytes = Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(1000)]);
    const refused = await openBytes(bytes);
    expect(refused.code).toBe(code);
    expect(refused.reason).toMatch(reason);
  });

  it('7z is named, with what to do', async () => {
    const bytes = Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(1000)]);
    const refused = await openBytes(bytes);
    expect(refused.code).toBe('unsupported');
    expect(refused.reason).toMatch(/^it is a 7z archive/);
  });

  it('a path that does not exist is named', async () => {
    expect(await openSource('/nonexistent/host.tar', { nowMs: 0 })).toEqual({
      ok: false,
      error: { code: 'not-found', message: 'Cannot read /nonexistent/host.tar: no such file' },
    });
  });

  it('a device is no file', async () => {
    expect(await openSource('/dev/null', { nowMs: 0 })).toMatchObject({
      error: { code: 'not-a-file' },
    });
  });
});

describe('a truncated or damaged archive', () => {
  it.each([
    ['gzip', gzipSync, /^the gzip data end early, after \d+ unpacked bytes$/],
    ['zstd', zstdCompressSync, /^the zstd data end early, after \d+ unpacked bytes$/],
  ])('%s data that end early are refused', async (_name, compress, reason) => {
    const bytes = compress(await sampleTar());
    const refused = await openBytes(bytes.subarray(0, bytes.length - 500));
    expect(refused.code).toBe('truncated');
    expect(refused.reason).toMatch(reason);
  });

  it('a tar that ends within an entry is refused', async () => {
    const bytes = await sampleTar();
    const refused = await openBytes(bytes.subarray(0, bytes.length - 2000));
    expect(refused.code).toBe('truncated');
    expect(refused.reason).toMatch(/^the archive ends early, after \d+ entries, the last one sys/);
  });

  it('a tar that ends between two entries is refused', async () => {
    const bytes = await packTar([FUNCTION, FUNCTION]);
    expect(await openBytes(bytes.subarray(0, 1024))).toEqual({
      code: 'truncated',
      reason: `the archive ends early, after 1 entries, the last one ${FUNCTION.name}`,
    });
  });

  it('a tar with junk between its entries is refused', async () => {
    const bytes = await packTar([FUNCTION, FUNCTION]);
    bytes.fill(0x5a, 1024, 1100);
    expect(await openBytes(bytes)).toEqual({
      code: 'damaged',
      reason: `the archive is damaged after 1 entries, the last one ${FUNCTION.name}`,
    });
  });

  it('gzip data with a changed byte are refused', async () => {
    const bytes = gzipSync(await sampleTar());
    bytes[200] = (bytes[200] ?? 0) ^ 0xff;
    expect(['damaged', 'truncated']).toContain((await openBytes(bytes)).code);
  });
});

describe('an archive with unsafe names', () => {
  it.each([
    ['../', '../etc/passwd', 'entry ../etc/passwd leads out of the archive'],
    ['.. within', 'sys/../../x', 'entry sys/../../x leads out of the archive'],
    ['an absolute name', '/etc/passwd', 'entry /etc/passwd has an absolute name'],
    ['a newline', 'sys/a\nb', 'the name of entry "sys/a\\nb" has control characters'],
    ['an escape sequence', 'x\u001b[2J', 'the name of entry "x\\u{1b}[2J" has control characters'],
    ['too many levels', 'a/'.repeat(70), `entry ${'a/'.repeat(70)} lies too deep`],
  ])('with %s is refused', async (_name, name, reason) => {
    expect(await openEntries(FUNCTION, { name, content: 'x' })).toEqual({ code: 'unsafe', reason });
  });

  it.each([
    ['an absolute link in sys', 'sys/evil', '/etc/passwd'],
    ['an absolute link at the top', 'evil', '/etc/passwd'],
    ['a link that climbs out', 'sys/bus/pci/devices/0000:00:01.0', '../../../../../etc/passwd'],
    ['a link that climbs out of proc', 'proc/version', '../../etc/passwd'],
    ['a link that climbs out elsewhere', 'home/evil', '../../etc/passwd'],
  ])('%s is refused', async (_name, name, linkTarget) => {
    expect(await openEntries(FUNCTION, { name, linkTarget })).toEqual({
      code: 'unsafe',
      reason: `the link ${name} -> ${linkTarget} leads out of the archive`,
    });
  });

  it('a hard link out of the archive is refused', async () => {
    const link = { name: 'sys/evil', linkTarget: '../etc/passwd', isHardLink: true };
    expect(await openEntries(FUNCTION, link)).toMatchObject({ code: 'unsafe' });
  });

  it('the absolute links of distributions are let pass, and lead nowhere', async () => {
    const path = join(temporaryDirectory(), 'host.tar');
    const link = { name: 'etc/os-release', linkTarget: '/etc/static/os-release' };
    writeFileSync(path, await packTar([FUNCTION, link]));
    const source = await openSource(path, { nowMs: 0 });
    expect(source.ok && source.value.read('etc/os-release')).toEqual({
      ok: false,
      error: { code: 'unsafe', errno: 'EXDEV' },
    });
  });
});

/** The header of an entry that claims a size, without content. */
async function headerOf(name: string, size: number): Promise<Buffer> {
  const header = (await packTar([{ name, content: '' }])).subarray(0, 512);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

describe('a bomb', () => {
  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('10 GB of zeros in %s are left after a few MiB', async (_name, compress) => {
    // One part of 64 MiB, and 159 times the same again.
    const part = compress(Buffer.alloc(64 * MIB));
    const bytes = Buffer.concat(Array<Buffer>(160).fill(part));
    expect(await openBytes(bytes)).toMatchObject({ code: 'not-an-archive' });
  });

  it('an entry that claims 7 GB is refused by its header', async () => {
    const header = await headerOf('sys/zero', 7 * 1024 * MIB);
    expect(await openBytes(gzipSync(header))).toEqual({
      code: 'too-big',
      reason: `entry sys/zero claims ${7 * 1024 * MIB} bytes`,
    });
  });

  it('many entries of zeros are left once they unpack to far too much', async () => {
    const part = [
      gzipSync(await headerOf('var/log/x', 64 * MIB)),
      gzipSync(Buffer.alloc(64 * MIB)),
    ];
    const bytes = Buffer.concat(Array<Buffer[]>(160).fill(part).flat());
    expect(await openBytes(bytes)).toEqual({
      code: 'too-big',
      reason: 'it unpacks to more than 400 times its size',
    });
  });

  it('an archive larger than the limit is left there', async () => {
    const limits = { ...ARCHIVE_LIMITS, archiveBytes: 10 * MIB };
    const archive = await packTar(
      Array.from({ length: 20 }, (_, at) => ({
        name: `var/${at}`,
        content: Buffer.alloc(MIB, at),
      })),
    );
    expect(await openBytes(archive, limits)).toEqual({
      code: 'too-big',
      reason: `it unpacks to more than ${10 * MIB} bytes`,
    });
  });

  it('system files that hold too much are not all kept', async () => {
    const limits = { ...ARCHIVE_LIMITS, keptBytes: 3 * MIB };
    const files = Array.from({ length: 5 }, (_, at) => ({
      name: `sys/${at}`,
      content: Buffer.alloc(MIB),
    }));
    expect(await openBytes(await packTar(files), limits)).toMatchObject({ code: 'too-big' });
  });

  it('one file that is too large is left out, and the rest read', async () => {
    const limits = { ...ARCHIVE_LIMITS, entryBytes: MIB };
    const path = join(temporaryDirectory(), 'host.tar');
    const large = { name: 'proc/version', content: Buffer.alloc(2 * MIB) };
    writeFileSync(path, await packTar([large, FUNCTION]));
    const source = await openSource(path, { nowMs: 0, limits });
    expect(source.ok && source.value.read('proc/version')).toMatchObject({
      error: { code: 'too-big' },
    });
    expect(source.ok && source.value.read(FUNCTION.name).ok).toBe(true);
  });
});

describe('10 million entries', () => {
  it('are left at the limit', async () => {
    const limits = { ...ARCHIVE_LIMITS, archiveEntries: 20_000 };
    let served = 0;
    const header = await headerOf('sys/x', 0);
    const chunk = Buffer.concat(Array<Buffer>(128).fill(header));
    async function* endless() {
      for (; served < 10_000_000; served += 128) yield chunk;
    }
    const origin = { kind: 'archive', name: 'host.tar', label: 'host.tar' } as const;
    expect(await openArchiveStream(origin, limits, endless)).toEqual({
      ok: false,
      error: { code: 'too-big', message: 'Cannot read host.tar: it has more than 20000 entries' },
    });
    expect(served).toBeLessThan(20_500);
  });

  it('are not kept beyond their own limit', async () => {
    const limits = { ...ARCHIVE_LIMITS, keptEntries: 100 };
    const files = Array.from({ length: 200 }, (_, at) => ({ name: `sys/${at}`, content: 'x' }));
    expect(await openBytes(await packTar(files), limits)).toEqual({
      code: 'too-big',
      reason: 'it has more than 100 system files',
    });
  });
});

describe('a tree without what it takes', () => {
  it('an archive without sysfs is refused', async () => {
    expect(await openEntries({ name: 'etc/hosts', content: 'x' })).toEqual({
      code: 'no-sysfs',
      reason: 'there is neither sysfs (no entry below sys/) nor a report that is known in it',
    });
  });

  it('an archive of several hosts is refused', async () => {
    const hosts = ['a', 'b'].map((host) => ({ ...FUNCTION, name: `${host}/${FUNCTION.name}` }));
    expect(await openEntries(...hosts)).toMatchObject({ code: 'no-sysfs' });
  });

  it('a directory without sysfs is refused', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'proc'));
    expect(await openSource(root, { nowMs: 0 })).toEqual({
      ok: false,
      error: {
        code: 'no-sysfs',
        message: `Cannot read ${root}: there is neither sysfs (expected sys/bus/pci or sys/devices) nor a report that is known in it`,
      },
    });
  });

  it('a sysfs without PCI is refused', async () => {
    const path = join(temporaryDirectory(), 'host.tar');
    writeFileSync(path, await packTar([{ name: 'sys/class/net/lo', linkTarget: '../../x' }]));
    const source = await openSource(path, { nowMs: 0 });
    expect(source.ok && readHost(source.value, { depth: 'grouping' })).toEqual({
      ok: false,
      error: {
        code: 'no-sysfs',
        message: 'Cannot read host.tar: it holds no PCI functions (sys/bus/pci/devices is missing)',
      },
    });
  });
});
