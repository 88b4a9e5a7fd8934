import {
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ZipWriter } from '../../../main/redact/containers/zip-writer.ts';
import { inputEntries, inputForm } from '../../../main/redact/input-form.ts';
import { redactionReportSchema } from '../../../shared/redaction-report.ts';
import { buildConfig } from '../../support/build-config.ts';
import { buildTree } from '../../support/build-tree.ts';
import { entriesOf, packTar } from '../../support/pack-tar.ts';
import { runAirlock } from '../../support/run-airlock.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const REPORTS = join(import.meta.dirname, '../../fixtures/reports');
const NAMES = /pve7|martin|192\.168\.1\.10|00:1b:21|enx001b|S3Z9|0d8c1f2a/i;

/** A card with a Device Serial Number at 0x148. */
function cardConfig(): Uint8Array {
  const bytes = Uint8Array.from(buildConfig({ portType: 'endpoint' }));
  bytes.set([0x01, 0x00, 0x82, 0x14], 0x100);
  bytes.set([0x03, 0x00, 0x01, 0x00, 0xde, 0xad, 0xbe, 0xff, 0xff, 0x12, 0x34, 0x56], 0x148);
  return bytes;
}

/** A tree of a host with all that identifies it. */
function hostTree(root: string): void {
  buildTree(root, {
    functions: [{ bdf: '0000:00:03.0', files: { config: cardConfig() } }],
  });
  const file = (path: string, text: string | Uint8Array) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  file('etc/hostname', 'pve7\n');
  file('etc/fstab', 'UUID=0d8c1f2a-1111-2222-3333-444455556666 / ext4\nnas.pve7.lan:/x /m nfs4\n');
  file('proc/cmdline', 'root=/dev/mapper/pve7-root quiet\n');
  file('home/martin/notes', 'mail to Martin at 192.168.1.10\n');
  file('var/log/old.log.gz', gzipSync('Nov 22 10:00:00 pve7 sshd[1]: from 192.168.1.10\n'));
  file('sys/devices/pci0000:00/0000:00:03.0/net/enx001b21aabbcc/address', '00:1b:21:aa:bb:cc\n');
  file('sys/block/sda/device/wwid', 'S3Z9NB0K\n');
  file(
    'var/lib/data.bin',
    Uint8Array.from({ length: 512 }, (_, at) => at % 29),
  );
  symlinkSync('../../devices/pci0000:00/0000:00:03.0/net/enx001b21aabbcc', join(root, 'sys/net'));
}

const FORMS = ['directory', 'tar', 'tar.gz', 'tar.zst', 'zip'] as const;

async function hostIn(form: (typeof FORMS)[number]): Promise<{ input: string; folder: string }> {
  const folder = temporaryDirectory();
  const root = join(folder, 'in');
  mkdirSync(root);
  hostTree(root);
  if (form === 'directory') return { input: root, folder };
  const input = join(folder, `in.${form}`);
  const bytes = form === 'zip' ? await zipOf(root) : await packTar(entriesOf(root, BUNDLE));
  const packed =
    form === 'tar.gz' ? gzipSync(bytes) : form === 'tar.zst' ? zstdCompressSync(bytes) : bytes;
  writeFileSync(input, packed);
  return { input, folder };
}

const BUNDLE = 'sosreport-pve7-2026/';
const LSPCI =
  '00:03.0 Ethernet controller [0200]: Intel [8086:1572]\n\tKernel driver in use: i40e\n' +
  `00: 86 80 72 15 06 04 10 00 02 00 00 02 10 00 80 00\n${Array.from({ length: 15 }, (_, at) => `${(at + 1).toString(16)}0:${' 00'.repeat(16)}\n`).join('')}100: 03 00 01 00 de ad be ff ff 12 34 56 00 00 00 00\n`;

/** A zip archive as the diagnostics of Unraid: a report in place of a tree. */
async function zipOf(root: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const zip = new ZipWriter(async (chunk) => void parts.push(chunk));
  const files = entriesOf(root)
    .flatMap(({ name, content }) => (content === undefined ? [] : [[name, content] as const]))
    .filter(([name]) => !name.startsWith('sys/devices/'));
  for (const [name, content] of [...files, ['system/lspci.txt', LSPCI] as const]) {
    const bytes = Buffer.from(content);
    const entry = { kind: 'file', target: '', mode: 0o644, modifiedAtMs: 1e12 } as const;
    const path = `pve7-diagnostics-2026/${name}`;
    await zip.add({ ...entry, path }, bytes.length, Readable.from([bytes]));
  }
  await zip.finish();
  return Buffer.concat(parts);
}

/** Everything in an output, names and targets of links included, unpacked. */
async function textOf(output: string): Promise<string> {
  let text = '';
  for await (const entry of inputEntries(output, await inputForm(output), () => undefined)) {
    const parts: Uint8Array[] = [];
    for await (const part of entry.content) parts.push(part);
    const bytes = Buffer.concat(parts);
    const plain = entry.path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    text += `${entry.path} ${entry.target}\n${plain.toString('latin1')}`;
  }
  return text;
}

describe('airlock redact', () => {
  it.each(FORMS)(
    'takes a %s, keeps what Airlock reads and nothing that identifies',
    async (form) => {
      const { input, folder } = await hostIn(form);
      const before = form === 'directory' ? '' : readFileSync(input).toString('hex');
      const output = join(folder, 'out');
      const { status, out, complaints } = await runAirlock('redact', input, output, '--json');
      expect([status, complaints]).toEqual([0, '']);
      const report = redactionReportSchema.parse(JSON.parse(out));
      expect(report.kept?.functions).toBe(1);
      expect(report.clearedSerials).toBe(1);
      expect(report.leftOut.files.map(({ reason }) => reason)).toEqual(['it is no text']);
      const text = await textOf(output);
      expect(text).not.toMatch(NAMES);
      expect(text).toContain('root=/dev/mapper/host-1-root quiet');
      if (form !== 'directory') expect(readFileSync(input).toString('hex')).toBe(before);
    },
  );

  it.each(FORMS)('changes nothing in a redacted %s', async (form) => {
    const { input, folder } = await hostIn(form);
    await runAirlock('redact', input, join(folder, 'out'));
    const { out } = await runAirlock(
      'redact',
      join(folder, 'out'),
      join(folder, 'again'),
      '--json',
    );
    expect(redactionReportSchema.parse(JSON.parse(out)).hasChanged).toBe(false);
    if (form === 'directory') return;
    expect(readFileSync(join(folder, 'again')).equals(readFileSync(join(folder, 'out')))).toBe(
      true,
    );
  });

  it('writes what stands behind the tokens into a private file, for the sender alone', async () => {
    const { input, folder } = await hostIn('tar');
    const map = join(folder, 'map.json');
    const { out } = await runAirlock('redact', input, join(folder, 'out'), '--map', map);
    expect(out).not.toMatch(NAMES);
    expect(out).toContain('Unchanged: 1 function with addresses, ids and topology, 0 groups.');
    expect(statSync(map).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(map, 'utf8')).tokens['host-1']).toEqual(['pve7']);
  });

  it.each(['sosreport.tar.xz', 'unraid-diagnostics.zip', 'gathered.tar.bz2', 'hw.info.txz'])(
    'keeps what %s says about functions',
    async (name) => {
      const output = join(temporaryDirectory(), 'out');
      const { status, out } = await runAirlock('redact', join(REPORTS, name), output, '--json');
      const report = redactionReportSchema.parse(JSON.parse(out));
      expect([status, report.kept === undefined]).toEqual([0, false]);
    },
  );

  it('never writes over what exists', async () => {
    const { input, folder } = await hostIn('tar');
    writeFileSync(join(folder, 'out'), 'mine');
    const { status, complaints } = await runAirlock('redact', input, join(folder, 'out'));
    expect([status, readFileSync(join(folder, 'out'), 'utf8')]).toEqual([2, 'mine']);
    expect(complaints).toMatch(/^airlock: Cannot write .*out: it exists\n$/);
  });

  it('writes nothing where the copy would not say the same', async () => {
    const folder = temporaryDirectory();
    const input = join(folder, 'in.txt');
    // A host that is called as a driver is.
    writeFileSync(
      input,
      'root@nvme7:~# lspci -k\n01:00.0 VGA [0300]: Example [10de:1b80]\n\tKernel driver in use: nvme7\n',
    );
    const { status, complaints } = await runAirlock('redact', input, join(folder, 'out'));
    expect(status).toBe(2);
    expect(complaints).toContain('the copy would not say the same: details of 0000:01:00.0');
    expect(readdirSync(folder)).toEqual(['in.txt']);
  });

  it.each([
    ['a missing file', '/nowhere', 'Cannot redact /nowhere: no such file'],
    ['a device', '/dev/null', 'Cannot redact /dev/null: it is no file and no directory'],
  ])('refuses %s', async (_what, input, words) => {
    const { status, complaints } = await runAirlock(
      'redact',
      input,
      join(temporaryDirectory(), 'o'),
    );
    expect([status, complaints]).toEqual([2, `airlock: ${words}\n`]);
  });

  it('refuses an archive that is cut', async () => {
    const { input, folder } = await hostIn('tar.gz');
    const bytes = readFileSync(input);
    writeFileSync(join(folder, 'cut'), bytes.subarray(0, bytes.length / 2));
    const { status, complaints } = await runAirlock(
      'redact',
      join(folder, 'cut'),
      join(folder, 'out'),
    );
    expect(status).toBe(2);
    expect(complaints).toMatch(/^airlock: Cannot redact .*cut: the gzip data end early/);
    expect(readdirSync(folder)).not.toContain('out');
  });
});
