import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../../main/backend/job-list.ts';
import { readHostBytes, readHostFrom } from '../../../main/backend/read-source.ts';
import { parseVm } from '../../../main/reports/vm/parse-vm.ts';
import { packTar } from '../../support/pack-tar.ts';
import { functionOf, groupsOf, readReport } from '../../support/read-report.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const ZIP = join(import.meta.dirname, '../../fixtures/reports/unraid-diagnostics.zip');
const FUNCTION = { name: 'sys/bus/pci/devices/0000:00:00.0/vendor', content: '0x8086\n' };

async function refusal(bytes: Uint8Array): Promise<string> {
  const host = await readHostBytes('x', bytes, UNWATCHED);
  if (host.ok) throw new Error('opened');
  return host.error.message;
}

describe('archives in archives', () => {
  it('are not unpacked, however deep they lie', async () => {
    let bytes = await packTar([FUNCTION]);
    for (let level = 0; level < 100; level++) {
      bytes = await packTar([{ name: `sys/${level}.tar.gz`, content: gzipSync(bytes) }]);
    }
    expect(await refusal(bytes)).toBe(
      'Cannot read x: it holds no PCI functions (sys/bus/pci/devices is missing)',
    );
  });

  it('packed twice are no archive', async () => {
    expect(await refusal(gzipSync(gzipSync(await packTar([FUNCTION]))))).toBe(
      'Cannot read x: it is neither a directory nor an archive nor a text',
    );
  });
});

/** Changes the size that the list of a zip archive gives for its first file that is kept. */
function withSize(name: 'packed' | 'unpacked', change: (size: number) => number): Buffer {
  const bytes = readFileSync(ZIP);
  const file = bytes.lastIndexOf('lspci.txt');
  const entry = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'), file);
  const at = entry + (name === 'packed' ? 20 : 24);
  bytes.writeUInt32LE(change(bytes.readUInt32LE(at)), at);
  return bytes;
}

describe('a zip archive with a wrong size', () => {
  it.each([
    ['smaller than its content', withSize('unpacked', (size) => size - 7)],
    ['larger than its content', withSize('unpacked', (size) => size + 7)],
    ['smaller than what is packed', withSize('packed', (size) => size - 7)],
    ['beyond the end of the archive', withSize('packed', () => 0x7fffffff)],
  ])('%s is refused', async (_name, bytes) => {
    expect(await refusal(bytes)).toMatch(/^Cannot read x: the zip archive is damaged \([^\n]+\)$/);
  });

  it('of 4 GB takes no memory: the file is left out, and the rest read', async () => {
    const host = await readHostBytes(
      'x',
      withSize('unpacked', () => 0xfffffffe),
      UNWATCHED,
    );
    expect(host.ok && host.value.functions.length).toBeGreaterThan(0);
    expect(host.ok && host.value.problems.map(({ text }) => text).join('\n')).toContain(
      'lspci.txt',
    );
  });
});

describe('a machine of libvirt with entities', () => {
  it.each([
    ['of its own', '<!DOCTYPE domain [<!ENTITY n "x">]><domain><name>&n;</name></domain>'],
    [
      'that grow',
      '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><domain><name>&b;</name></domain>',
    ],
    [
      'that name a file',
      '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><domain><name>&f;</name></domain>',
    ],
  ])('%s is refused', (_name, text) => {
    expect(parseVm(text)).toEqual({
      ok: false,
      error: {
        code: 'not-a-vm',
        message: 'This is no well-formed libvirt domain without a document type',
      },
    });
  });
});

describe('JSON of 1 GB', () => {
  it('is refused by its size, without being read', async () => {
    const path = join(temporaryDirectory(), 'facter.json');
    const file = openSync(path, 'w');
    writeSync(file, '{"pci_devices":[');
    ftruncateSync(file, 2 ** 30);
    closeSync(file);
    const before = bytesRead();
    const host = await readHostFrom(path, 'full', UNWATCHED);
    expect(!host.ok && host.error.message).toMatch(/facter\.json: it has more than \d+ bytes/);
    expect(bytesRead() - before).toBeLessThan(2 ** 26);
  });
});

/** What this process has read so far, as the kernel counts. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

describe('a web page in place of a text', () => {
  const PAGE = '<!-- saved -->\n<!DOCTYPE html>\n<html><body>';

  it.each(['<!DOCTYPE html><p>x', '<html>', PAGE, '<?xml version="1.0"?>\n<html lang="de">'])(
    'is named: %j',
    async (page) => {
      expect(await refusal(Buffer.from(page))).toBe(
        'Cannot read x: it is a web page: save or copy the text that it shows',
      );
    },
  );

  it('is said to be one where some of its lines could be read', () => {
    const host = readReport(
      `${PAGE}\n<pre>\n01:00.0 Class 0300: 1234:abcd\n</pre></body></html>\n`,
    );
    expect(host.problems.map(({ text }) => text)).toContain(
      'Line 1: the text is a web page: save or copy the text that it shows, lest lines are missing',
    );
  });
});

describe('two hosts, one after the other', () => {
  it.each([
    [
      'in output of lspci',
      '00:00.0 Host bridge [0600]: A [8086:1111]\n01:00.0 VGA [0300]: B [10de:2222]\n',
      '00:00.0 Host bridge [0600]: C [1022:3333]\n01:00.0 VGA [0300]: D [1002:4444]\n',
      '0000:01:00.0: the device id is 2222 by line 2 (lspci) and 4444 by line 5 (lspci); line 2 counts',
    ],
    [
      'in listings of groups',
      'IOMMU Group 1:\n\t01:00.0 VGA [0300]: B [10de:2222]\n',
      'IOMMU Group 7:\n\t01:00.0 VGA [0300]: D [10de:4444]\n',
      '0000:01:00.0: the group is 1 by line 2 (sysfs) and 7 by line 5 (sysfs); line 2 counts',
    ],
  ])('%s contradict each other, and are said to be two', (_name, first, second, contradiction) => {
    const problems = readReport(`${first}\n${second}`).problems.map(({ text }) => text);
    expect(problems).toContain(contradiction);
    expect(problems.join('\n')).toMatch(/it seems to hold two hosts, or one before and after/);
  });
});

describe('bytes that are no UTF-8', () => {
  it('harm their own line alone', () => {
    const text = Buffer.from(
      'IOMMU Group 1:\n\t00:01.0 PCI bridge [0604]: \xff\xfe\xc3( [8086:1901]\n\t01:00.0 VGA [0300]: B [10de:2222]\n',
      'latin1',
    );
    const path = join(temporaryDirectory(), 'listing.txt');
    writeFileSync(path, text);
    return readHostFrom(path, 'full', UNWATCHED).then((host) => {
      if (!host.ok) throw new Error(host.error.message);
      expect(groupsOf(host.value)).toEqual(['1: 00:01.0 01:00.0']);
      expect(functionOf(host.value, '00:01.0').deviceId).toBe(0x1901);
    });
  });
});
