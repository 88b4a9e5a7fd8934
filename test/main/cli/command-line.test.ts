import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../../main/cli/command-line.ts';
import { groupsReportSchema } from '../../../shared/groups-report.ts';
import { whatifReportSchema } from '../../../shared/whatif-report.ts';
import { buildTree, type TreeFunction } from '../../support/build-tree.ts';
import { FULL_ACS } from '../../support/build-config.ts';

const SAMPLES = join(import.meta.dirname, '../../../assets/samples');

let folder: string;
let out: string;
let complaints: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-cli-'));
  out = '';
  complaints = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(
    (text) => ((complaints += String(text)), true),
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const PORT: TreeFunction = {
  bdf: '0000:00:01.0',
  driver: 'pcieport',
  group: '0',
  config: {
    portType: 'root-port',
    classCode: 0x060400,
    bridge: { primary: 0, secondary: 1, subordinate: 1 },
    acs: FULL_ACS,
  },
};
const CARD: TreeFunction = {
  bdf: '0000:01:00.0',
  parent: '0000:00:01.0',
  driver: 'nouveau',
  group: '1',
  config: { portType: 'endpoint', classCode: 0x120000 },
};
const GPU: TreeFunction = { ...CARD, config: { portType: 'endpoint', classCode: 0x030000 } };

/** A host whose kernel agrees, or shows one group where two are due. */
function hostTree(name: string, cardGroup = '1', card = CARD): string {
  const root = join(folder, name);
  mkdirSync(root);
  buildTree(root, { functions: [PORT, { ...card, group: cardGroup }], iommu: 'dmar0' });
  return root;
}

describe('airlock groups', () => {
  it('prints one document and nothing else, and is content where the kernel agrees', async () => {
    const status = await runCommandLine(['groups', hostTree('a'), '--json']);
    const report = groupsReportSchema.parse(JSON.parse(out));
    expect([status, complaints, report.basis, report.iommu]).toEqual([
      0,
      '',
      'as-is',
      { provider: 'intel-vtd', active: true },
    ]);
    expect(report.observed?.map(({ members }) => members)).toEqual([
      ['0000:00:01.0'],
      ['0000:01:00.0'],
    ]);
    expect(report.predicted.map(({ members }) => members)).toEqual([
      ['0000:00:01.0'],
      ['0000:01:00.0'],
    ]);
  });

  it('ends with 1 where the kernel differs', async () => {
    const status = await runCommandLine(['groups', hostTree('a', '0'), '--json']);
    const report = groupsReportSchema.parse(JSON.parse(out));
    expect([status, report.differences.map(({ code }) => code)]).toEqual([1, ['unexplained']]);
  });

  it('answers for several sources in one list, and ends with 2 when one of them cannot be read', async () => {
    const status = await runCommandLine([
      'groups',
      hostTree('a'),
      join(folder, 'missing'),
      hostTree('b'),
      '--json',
    ]);
    expect([status, (JSON.parse(out) as unknown[]).length]).toEqual([2, 2]);
    expect(complaints).toMatch(/^airlock: Cannot read \S+missing: no such file\n$/);
  });

  it('leaves out observed groups and differences with the IOMMU off', async () => {
    await runCommandLine(['groups', join(SAMPLES, 'iommu-off.tar.gz'), '--json']);
    const report = groupsReportSchema.parse(JSON.parse(out));
    expect([report.basis, report.observed, report.differences, report.iommu.active]).toEqual([
      'as-if-on',
      undefined,
      [],
      false,
    ]);
  });

  it('shows people the same with names', async () => {
    expect(await runCommandLine(['groups', join(SAMPLES, 'graphics-card.tar.gz')])).toBe(0);
    expect(out).toContain('Group 4\n  01:00.0  Display controller');
  });
});

describe('airlock explain', () => {
  it('walks from the function to the root port', async () => {
    expect(await runCommandLine(['explain', '1:0.0', hostTree('a')])).toBe(0);
    expect(out).toContain('Root port 00:01.0 isolates: it has ACS with source validation');
  });

  it('has a document too', async () => {
    await runCommandLine(['explain', '01:00.0', hostTree('a'), '--json']);
    expect((JSON.parse(out) as { hops: unknown[] }).hops).toHaveLength(2);
  });
});

describe('airlock check', () => {
  it('is content with what can be passed through', async () => {
    expect(await runCommandLine(['check', '01:00.0', hostTree('a')])).toBe(0);
    expect(out).toContain('READY: 01:00.0');
  });

  it('wants attention where the host would lose its only display', async () => {
    expect(await runCommandLine(['check', '01:00.0', hostTree('a', '1', GPU)])).toBe(1);
    expect(out).toContain('RISKY: 01:00.0');
    expect(out).toContain('The host has no other display than 01:00.0');
  });

  it('wants attention where the answer is not ready', async () => {
    expect(await runCommandLine(['check', '00:01.0', hostTree('a')])).toBe(1);
    expect(out).toContain('BLOCKED: 00:01.0');
  });

  it('judges every group where no function is named, over several hosts', async () => {
    expect(await runCommandLine(['check', hostTree('a'), hostTree('b'), '--json'])).toBe(0);
    const documents = JSON.parse(out) as { checks: { verdict: string }[] }[];
    expect(documents.map(({ checks }) => checks.map(({ verdict }) => verdict))).toEqual([
      ['ready'],
      ['ready'],
    ]);
  });
});

describe('airlock whatif', () => {
  it('answers with status 0, and says what changes', async () => {
    expect(await runCommandLine(['whatif', 'acs=00:01.0:off', hostTree('a')])).toBe(0);
    expect(out).toContain('Groups merge:\n  before  00:01.0\n  before  01:00.0\n');
    expect(complaints).toBe('');
  });

  it('prints one document, changes and sources in any order', async () => {
    const root = hostTree('a');
    expect(await runCommandLine(['whatif', '--json', root, 'acs-override=downstream'])).toBe(0);
    const report = whatifReportSchema.parse(JSON.parse(out));
    expect([report.groupChanges, report.unchangedGroups, report.warnings.length]).toEqual([
      [],
      2,
      1,
    ]);
  });

  it('answers for several sources in one list, and ends with 2 when one of them has no answer', async () => {
    const missing = join(folder, 'missing');
    const words = ['whatif', 'kernel=6.1', hostTree('a'), missing, hostTree('b'), '--json'];
    expect(await runCommandLine(words)).toBe(2);
    expect((JSON.parse(out) as unknown[]).length).toBe(2);
    expect(complaints).toMatch(/^airlock: Cannot read \S+missing: no such file\n$/);
  });

  it('combines changes in the order given', async () => {
    const words = ['whatif', 'behind-switch=01:00.0', 'acs=02:00.0:on', hostTree('a'), '--json'];
    expect(await runCommandLine(words)).toBe(0);
    const report = whatifReportSchema.parse(JSON.parse(out));
    expect([report.changes.length, report.readdressed, report.after.groups.length]).toEqual([
      2,
      [{ from: '0000:01:00.0', to: '0000:03:00.0' }],
      4,
    ]);
  });
});

describe('what cannot be answered ends with 2 and one line', () => {
  it.each([
    ['an unknown verb', ['gropus'], /unknown command 'gropus'/],
    ['an unknown option', ['groups', '--jsno'], /unknown option '--jsno'/],
    ['no change', ['whatif', 'live'], /No change is named/],
    [
      'a change that is none',
      ['whatif', 'move=zz:00:01.0', 'live'],
      /Cannot understand "move=zz:00:01\.0"/,
    ],
    ['no address', ['explain'], /missing required argument/],
    ['an address that is none', ['explain', 'zz', 'live'], /Not a PCI address: "zz"/],
    [
      'a file that is no report',
      ['groups', import.meta.filename],
      /neither a directory nor an archive, and as a text it says nothing about PCI functions/,
    ],
    ['a port that is none', ['serve', '--port', '99999'], /Not a port: "99999"/],
    [
      'a place that cannot be written',
      ['scan', '--out', '/nonexistent/x.tar.gz'],
      /Cannot write \/nonexistent\/x\.tar\.gz/,
    ],
    ['a host that is an option', ['groups', 'ssh://-oProxyCommand=x'], /no host has such a name/],
  ])('%s', async (_name, args, message) => {
    expect(await runCommandLine(args)).toBe(2);
    expect(out).toBe('');
    expect(complaints).toMatch(message);
    expect(complaints).not.toMatch(/\n\s+at /);
  });

  it('a directory without sysfs', async () => {
    writeFileSync(join(folder, 'readme'), 'hello');
    expect(await runCommandLine(['groups', folder])).toBe(2);
    expect(complaints).toContain('there is neither sysfs');
  });
});

describe('help', () => {
  it.each([
    [['--help']],
    [['groups', '--help']],
    [['check', '--help']],
    [['whatif', '--help']],
    [['--version']],
  ])('%s ends with 0', async (args) => {
    expect(await runCommandLine(args)).toBe(0);
    expect(out.length).toBeGreaterThan(4);
  });
});
