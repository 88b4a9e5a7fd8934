import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../../main/cli/command-line.ts';
import { vmReportSchema } from '../../../shared/vm-report.ts';

const SAMPLE = join(import.meta.dirname, '../../../assets/samples/graphics-card.tar.gz');
const GPU = '01:00.0';

let folder: string;
let out: string;
let said: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-vm-'));
  out = '';
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function vm(...words: readonly string[]) {
  return runCommandLine(['vm', ...words, SAMPLE]);
}

const GOOD = ['--display', 'vnc', '--target', 'libvirt'];

describe('airlock vm', () => {
  it('prints the configuration alone, and is content without stops and risks', async () => {
    expect(await vm(...GOOD, '--name', 'a & b')).toBe(0);
    expect(out).toMatch(/^<domain type='kvm'>\n {2}<name>a &amp; b<\/name>/);
    expect(said).toMatch(/^note: /m);
  });

  it('prints one document with what goes along and every finding', async () => {
    const status = await vm(GPU, '--target', 'qemu', '--json', '--pages', '2M');
    const report = vmReportSchema.parse(JSON.parse(out));
    expect([status, said]).toEqual([1, '']);
    expect(report.functions).toContain('0000:01:00.0');
    expect(report.files.map(({ name }) => name)).toEqual(['vm.sh', 'vm.argv.json']);
    expect(report.findings.map(({ code }) => code)).toContain('group-half-taken');
    expect(report.steps).toHaveLength(1);
  });

  it('writes a file, and none over another', async () => {
    const path = join(folder, 'vm.sh');
    expect(await vm('--display', 'spice', '--target', 'qemu', '--out', path)).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^#!\/bin\/sh\n/);
    expect(out).toBe('');
    expect(await vm('--display', 'spice', '--target', 'qemu', '--out', path)).toBe(2);
    expect(said).toMatch(/Cannot write .*EEXIST/);
  });

  it('takes every option', async () => {
    const options = [
      ...['--guest', 'windows-11', '--firmware', 'efi', '--no-tpm', '--cpus', '6', '--no-pin'],
      ...['--memory', '4096', '--disk', '/a.qcow2', '--disk', 'raw:/b.img', '--cdrom', '/c.iso'],
      ...['--network', 'bridge:br1', '--mdev', 'c2177883-f1bb-47f0-914d-32a22e3a8804'],
      ...['--rom', '0000:01:00.0=/gpu.rom', '--display', 'looking-glass:2560x1440', '--kvmfr'],
      ...['--keyboard', '/dev/input/k', '--mouse', '/dev/input/m', '--viommu', 'intel'],
      ...['--managed', 'no', '--hide-hypervisor', '--libvirt', '9.0.0', '--qemu', '9.1'],
    ];
    await vm(GPU, '--target', 'libvirt', ...options);
    for (const part of [
      "name='secure-boot'",
      "<source bridge='br1'/>",
      "type='raw' cache='none'",
      "<address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/>",
      "<rom bar='on' file='/gpu.rom'/>",
      '&quot;size&quot;:67108864',
      "managed='no'",
      "<hidden state='on'/>",
      "<iommu model='intel'>",
      "<maxphysaddr mode='passthrough'/>",
    ]) {
      expect(out).toContain(part);
    }
    expect(out).not.toMatch(/<tpm|vcpupin/);
  });

  it.each([
    [['--target', 'xen'], /--target xen is none of libvirt, qemu/],
    [[], /target/],
    [['--target', 'qemu', '--cpus', 'many'], /^airlock: cpus: /],
    [['--target', 'qemu', '--name', 'a/b'], /^airlock: name: has a slash/],
    [['--target', 'qemu', '--vf', '01:00.0,vlan=4095'], /^airlock: devices.0.vlan: /],
    [['--target', 'qemu', '--managed', 'maybe'], /^airlock: isManaged: /],
    [['--target', 'qemu', 'ff:00.0'], /has no function 0000:ff:00.0/],
    [['--target', 'qemu', '--qemu', 'new'], /^airlock: qemuVersion: is no version/],
  ])('refuses %j in one line', async (words, reason) => {
    expect(await vm(...words)).toBe(2);
    expect([out, said.trim()]).toEqual(['', expect.stringMatching(reason)]);
  });
});
