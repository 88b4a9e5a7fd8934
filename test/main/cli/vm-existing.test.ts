import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../../main/cli/command-line.ts';

const SAMPLE = join(import.meta.dirname, '../../../assets/samples/graphics-card.tar.gz');

let folder: string;
let file: string;
let out: string;
let said: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-vm-'));
  file = join(folder, 'vm.xml');
  out = '';
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  const made = ['vm', '02:00.0', SAMPLE, '--target', 'libvirt', '--display', 'vnc', '--out', file];
  expect(await runCommandLine(made)).toBeLessThan(2);
  out = '';
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('airlock vm lint', () => {
  it('names what the machine takes, and judges it against its host', async () => {
    const status = await runCommandLine(['vm', 'lint', file, '--host', SAMPLE, '--json']);
    const [lint] = [JSON.parse(out) as { functions: string[]; findings: { severity: string }[] }];
    expect(lint.functions).toEqual(['0000:02:00.0']);
    expect(status).toBe(lint.findings.some(({ severity }) => severity !== 'note') ? 1 : 0);
  });

  it('finds a function that the host does not have', async () => {
    const source = /(<source>\s*<address domain='0x0000' bus=')0x02/;
    writeFileSync(file, readFileSync(file, 'utf8').replace(source, '$10x77'));
    expect(await runCommandLine(['vm', 'lint', file, '--host', SAMPLE])).toBe(1);
    expect(out).toMatch(/^(stop|risk): .*77:00\.0/m);
  });

  it.each([
    '<domain>',
    '<!DOCTYPE d [<!ENTITY a "b">]><domain><name>&a;</name></domain>',
    'nothing of the kind',
  ])('answers 2 and one line to %j', async (text) => {
    writeFileSync(file, text);
    said = '';
    expect(await runCommandLine(['vm', 'lint', file])).toBe(2);
    expect(said).toMatch(/^airlock: .*vm\.xml.*\n$/);
  });
});

describe('airlock vm merge', () => {
  it('only adds lines, and writes nothing without --out', async () => {
    const before = readFileSync(file, 'utf8');
    expect(await runCommandLine(['vm', 'merge', file, '01:00.0', '--host', SAMPLE])).toBe(0);
    expect(out.split('\n').filter((line) => /^-(?!--)/.test(line))).toEqual([]);
    expect(out).toMatch(/^\+ +<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'\/>/m);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('does not write over a file that is there', async () => {
    const merge = ['vm', 'merge', file, '01:00.0', '--host', SAMPLE, '--out', file];
    expect(await runCommandLine(merge)).toBe(2);
    expect(said).toContain('EEXIST');
  });
});
