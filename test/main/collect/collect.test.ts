import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const ASSETS = join(import.meta.dirname, '../../../assets/collect');
const SCRIPT = join(ASSETS, 'airlock-collect');
const SHELLS = ['dash', 'BusyBox ash', 'bash', 'BusyBox applets only'] as const;
type ShellName = (typeof SHELLS)[number];

vi.setConfig({ testTimeout: 120_000 });

describe.each(SHELLS)('airlock-collect under %s', (shell) => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
  });

  it('copies every chosen file byte for byte and every link as it is, and nothing else', () => {
    const { kept, left } = plantHost(root);
    const archive = unpack(collect(shell, ['--root', root, '--no-redact']).stdout);
    expect(contents(archive)).toMatchObject(kept);
    expect(Object.keys(contents(archive)).filter((path) => left.includes(path))).toEqual([]);
    expect(contents(archive)['airlock/msi-irqs']).toBe('0000:01:00.0\t3\tmsix\n');
    expect(contents(archive)['airlock/acpi-tables']).toBe('DMAR\nDSDT\n');
    expect(contents(archive)['proc/cpuinfo']).toBe('processor\t: 0\nflags\t\t: vmx\n');
    expect(undocumented(archive)).toEqual([]);
  });

  it('keeps what POWER says of the machine after its processors', () => {
    plantHost(root);
    const processor =
      'processor\t: 0\ncpu\t\t: POWER9 (architected)\nrevision\t: 2.0 (pvr 004e 1200)\n';
    const machine =
      'timebase\t: 512000000\nplatform\t: pSeries\nmodel\t\t: IBM pSeries (emulated)\n';
    plant(root, { 'proc/cpuinfo': `${processor}\nprocessor\t: 1\n\n${machine}` });
    const archive = unpack(collect(shell, ['--root', root]).stdout);
    expect(contents(archive)['proc/cpuinfo']).toBe(processor + machine);
  });

  it('puts a manifest first that says what this is', () => {
    plantHost(root);
    const archive = unpack(collect(shell, ['--root', root]).stdout);
    expect(archive[0]?.path).toBe('manifest.json');
    expect(manifestOf(archive)).toEqual({
      format: 'airlock-snapshot/1',
      tool: 'airlock-collect',
      toolVersion: '0.1.0',
      capturedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      isRoot: process.getuid?.() === 0,
      redacted: true,
      redactions: ['mac', 'ip', 'hostname', 'serial', 'ifname', 'uuid', 'secret'],
      unreadable: [],
      vanished: [],
    });
  });

  it('replaces what identifies the machine, everywhere and with the same token', () => {
    plantIdentity(root);
    const archive = unpack(collect(shell, ['--root', root, '--full']).stdout);
    const everything = archive
      .map((entry) => `${entry.path}\n${entry.link}\n${entry.data.toString('latin1')}`)
      .join('\n')
      .toLowerCase();
    expect(IDENTITY.filter((secret) => everything.includes(secret.toLowerCase()))).toEqual([]);
    expect(contents(archive)).toMatchObject(REDACTED_IDENTITY);
  });

  it('keeps all but passwords with --no-redact', () => {
    plantIdentity(root);
    const archive = unpack(collect(shell, ['--root', root, '--full', '--no-redact']).stdout);
    expect(manifestOf(archive)).toMatchObject({ redacted: false, redactions: ['secret'] });
    expect(contents(archive)['proc/cmdline']).toBe(
      IDENTITY_FILES['proc/cmdline']?.replace('hunter2', 'secret-1'),
    );
    expect(contents(archive)['airlock/domains/1.xml']).toContain("passwd='secret-2'");
    expect(contents(archive)['sys/class/net/enx0011223344aa']).toBe(
      '-> ../../devices/pci0000:00/0000:00:1c.0/net/enx0011223344aa',
    );
  });

  it('takes names with spaces, quotes, dashes and patterns as names', () => {
    const names = [
      ' a b ',
      `it's "so"`,
      '-rf',
      '*',
      '[a-z]?',
      '$(touch pwned)',
      '`touch pwned`',
      'é',
    ];
    const expected: Record<string, string> = {};
    for (const name of names) {
      const device = `sys/devices/pci0000:00/${name}`;
      expected[`${device}/vendor`] = '0x8086\n';
      expected[`etc/modprobe.d/${name}.conf`] = `# ${name}\n`;
      expected[`sys/bus/pci/devices/${name}`] = `-> ../../../devices/pci0000:00/${name}`;
      expected[`sys/class/net/${name}`] = `-> ../../devices/pci0000:00/${name}`;
    }
    plant(root, expected);
    const result = collect(shell, ['--root', root]);
    expect(contents(unpack(result.stdout))).toMatchObject(expected);
    expect(existsSync(join(root, 'pwned'))).toBe(false);
    expect(result.stderr.toString()).toBe('');
  });

  it('names a file that no list could carry in the manifest, escaped', () => {
    plant(root, { 'etc/modprobe.d/plain.conf': 'x\n' });
    const hostile = Buffer.from('etc/modprobe.d/a\n"b\\\t\u0001\u0007\xff.conf', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), hostile]), 'x\n');
    const archive = unpack(collect(shell, ['--root', root]).stdout);
    expect(manifestOf(archive).unreadable).toContainEqual({
      path: 'etc/modprobe.d/a\n"b\\\t?\u0007ÿ.conf',
      reason: 'Name holds control characters',
    });
    expect(contents(archive)['etc/modprobe.d/plain.conf']).toBe('x\n');
  });

  it('records what it cannot read and goes on', () => {
    plantHost(root);
    const fn = join(root, DEVICE);
    rmSync(join(fn, 'class'));
    mkdirSync(join(fn, 'class/inside'), { recursive: true });
    rmSync(join(fn, 'irq'));
    rmSync(join(root, 'proc/version'));
    spawnSync('mkfifo', [join(fn, 'irq'), join(root, 'proc/version')]);
    rmSync(join(root, 'proc/modules'));
    symlinkSync('../../../etc/passwd', join(root, 'proc/modules'));
    symlinkSync('../gone', join(root, 'etc/modprobe.d/gone.conf'));
    chmodSync(join(fn, 'config'), 0);
    const archive = unpack(collect(shell, ['--root', root], { ordinaryUser: true }).stdout);
    expect(manifestOf(archive).unreadable).toEqual(
      expect.arrayContaining([
        { path: `${DEVICE}/class`, reason: 'Not a regular file' },
        { path: `${DEVICE}/irq`, reason: 'Not a regular file' },
        { path: 'proc/version', reason: 'Not a regular file' },
        { path: 'proc/modules', reason: 'Link leads out of the tree or in a circle' },
        { path: 'etc/modprobe.d/gone.conf', reason: 'No such file or directory' },
        { path: `${DEVICE}/config`, reason: 'Permission denied' },
      ]),
    );
    expect(contents(archive)).not.toHaveProperty([`${DEVICE}/config`]);
    expect(contents(archive)[`${DEVICE}/vendor`]).toBe('0x10de\n');
  });

  it('stores no empty file where reading failed', () => {
    plantHost(root);
    // A read that fails after the open, as sysfs does for a device that is powered off.
    const tools = replaceCp(`
      case " $* " in *" ${DEVICE}/config "*)
        failed=yes to=; for to do :; done; mkdir -p "$to/${DEVICE}"
        [ -d "$to" ] && to=$to/${DEVICE}/config
        echo "cp: error reading '${DEVICE}/config': Input/output error" >&2; : >"$to"; exit 1 ;;
      esac`);
    const archive = unpack(collect(shell, ['--root', root], { tools }).stdout);
    expect(manifestOf(archive).unreadable).toContainEqual({
      path: `${DEVICE}/config`,
      reason: 'Input/output error',
    });
    expect(contents(archive)).not.toHaveProperty([`${DEVICE}/config`]);
    expect(contents(archive)[`${DEVICE}/vendor`]).toBe('0x10de\n');
  });

  it('records a function that vanishes while it reads', () => {
    const { kept } = plantHost(root);
    symlinkSync('../../../devices/nowhere', join(root, 'sys/bus/pci/devices/0000:09:00.0'));
    const tools = replaceCp(`rm -rf '${join(root, DEVICE)}'`);
    const archive = unpack(collect(shell, ['--root', root, '--no-redact'], { tools }).stdout);
    expect(manifestOf(archive)).toMatchObject({
      unreadable: [],
      vanished: ['sys/bus/pci/devices/0000:09:00.0', 'sys/bus/pci/devices/0000:01:00.0'],
    });
    expect(contents(archive)[`${PORT}/config`]).toBe(kept[`${PORT}/config`]);
  });

  it('works with a cp that cannot keep the folders of its sources', () => {
    const { kept } = plantHost(root);
    const tools = replaceCp(`case $2 in --parents) echo 'cp: unknown option' >&2; exit 1 ;; esac`);
    const archive = unpack(collect(shell, ['--root', root, '--no-redact'], { tools }).stdout);
    expect(contents(archive)).toMatchObject(kept);
  });

  it('writes an archive of a tree without PCI, and says so', () => {
    const archive = unpack(collect(shell, ['--root', root]).stdout);
    expect(manifestOf(archive).unreadable).toEqual([
      { path: 'sys/bus/pci/devices', reason: 'No such file or directory' },
    ]);
  });

  it('reads nothing that links and pipes of a hostile tree offer from outside of it', () => {
    const outside = temporaryDirectory();
    plant(outside, {
      shadow: 'root:hash\n',
      'parameters/key': 'root:hash\n',
      'pci/vendor': 'hash',
    });
    plant(root, {
      'etc/os-release': `-> ${outside}/shadow`,
      'etc/libvirt/qemu/a.xml': `-> ${outside}/shadow`,
      'etc/pve/qemu-server/1.conf': `-> ${outside}/shadow`,
      'etc/driverctl.d': `-> ${outside}/parameters`,
      'sys/module/vfio/parameters': `-> ${outside}/parameters`,
      'sys/class/block/sda/slaves': `-> ${outside}/parameters`,
      'sys/bus/pci/devices/0000:00:00.0': `-> ${outside}/pci`,
      'etc/modules': '-> /etc/elsewhere',
      'etc/elsewhere': 'inside\n',
    });
    spawnSync('mkfifo', [join(root, 'etc/hosts'), join(root, 'etc/hostname')]);
    const archive = unpack(collect(shell, ['--root', root, '--full', '--no-redact']).stdout);
    expect(archive.filter((entry) => entry.data.includes('hash'))).toEqual([]);
    expect(contents(archive)['etc/modules']).toBe('inside\n');
  });

  it('writes a private file, compressed by its name, and prints only a name that it chose', () => {
    plant(root, { 'proc/sys/kernel/hostname': 'workhorse\n' });
    const folder = temporaryDirectory();
    for (const name of ['plain.tar', 'packed.tgz', 'packed.tar.gz']) {
      const result = collect(shell, ['--root', root, '--out', name], { folder });
      expect([result.status, result.stdout.toString()]).toEqual([0, '']);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      const bytes = readFileSync(join(folder, name));
      expect(manifestOf(unpack(name.endsWith('.tar') ? bytes : gunzipSync(bytes)))).toBeDefined();
    }
    const chosen = collect(shell, ['--root', root], { folder, out: 'default' }).stdout.toString();
    expect(chosen).toMatch(/^airlock-host-1-\d{8}T\d{6}Z\.tar\.gz\n$/);
    const packed = collect(shell, ['--root', root, '--gzip']).stdout;
    expect(manifestOf(unpack(gunzipSync(packed)))).toBeDefined();
    expect(readdirSync(folder).sort()).toEqual(
      [chosen.trim(), 'packed.tar.gz', 'packed.tgz', 'plain.tar'].sort(),
    );
  });

  it.each([
    [2, ['--out', 'missing/x.tar'], 'Cannot write missing/x.tar: No such file or directory'],
    [2, ['--out', '.'], 'Cannot write .: Is a directory'],
    [1, ['--out'], 'Option --out needs a value (see --help)'],
    [1, ['--out', ''], 'Option --out needs a value (see --help)'],
    [1, ['--root', 'nowhere'], /^Cannot read root '.*nowhere': not a directory/],
    [1, ['--frobnicate'], "Unknown argument '--frobnicate' (see --help)"],
  ] as const)('ends with %i and one line for %j', (status, args, message) => {
    const result = collect(shell, args, { out: 'none', expectedStatus: status });
    const line = result.stderr.toString();
    expect(line).toMatch(/^airlock-collect: [^\n]*\n$/);
    if (message instanceof RegExp) expect(line.slice(17)).toMatch(message);
    else expect(line).toBe(`airlock-collect: ${message}\n`);
    expect(result.stdout.length).toBe(0);
  });

  it('says that a folder without write permission is why', () => {
    const folder = temporaryDirectory();
    chmodSync(folder, 0o555);
    const args = ['--root', root, '--out', join(folder, 'x.tar')];
    const result = collect(shell, args, { ordinaryUser: true, expectedStatus: 2 });
    expect(result.stderr.toString()).toBe(
      `airlock-collect: Cannot write ${folder}/x.tar: Permission denied\n`,
    );
  });

  it('leaves nothing behind when it is ended half-way', async () => {
    plantHost(root);
    const temporary = temporaryDirectory();
    const folder = temporaryDirectory();
    const tools = replaceCp('sleep 1');
    const { command, env } = shellCommand(shell, temporary, tools);
    const args = [...command.slice(1), SCRIPT, '--root', root, '--out', join(folder, 'x.tar')];
    const child = spawn(command[0] ?? '', args, { env, stdio: 'ignore' });
    await vi.waitUntil(() => readdirSync(temporary).length > 0, { timeout: 30_000 });
    child.kill('SIGTERM');
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect(status).toBe(143);
    expect([readdirSync(temporary), readdirSync(folder)]).toEqual([[], []]);
  });

  it('runs from standard input, as over SSH, with nothing but the archive on standard output', () => {
    plantHost(root);
    const result = collect(shell, ['--root', root], { fromStdin: true });
    expect(manifestOf(unpack(result.stdout))).toMatchObject({ unreadable: [] });
    expect(result.stderr.toString()).toBe('');
  });

  it('reads the host it runs on', () => {
    const archive = unpack(collect(shell, []).stdout);
    const functions = existsSync('/sys/bus/pci/devices') ? readdirSync('/sys/bus/pci/devices') : [];
    const files = contents(archive);
    const vendors = functions.map((bdf) => {
      const link = files[`sys/bus/pci/devices/${bdf}`]?.replace('-> ../../../', 'sys/');
      return files[`${link}/vendor`];
    });
    expect(vendors).toEqual(
      functions.map((bdf) => readFileSync(`/sys/bus/pci/devices/${bdf}/vendor`, 'latin1')),
    );
    expect(undocumented(archive)).toEqual([]);
  });
});

describe('airlock-collect', () => {
  it('writes the same archive under every shell', () => {
    const root = temporaryDirectory();
    plantHost(root);
    plantIdentity(root);
    const archives = SHELLS.map((shell) => {
      const archive = unpack(collect(shell, ['--root', root, '--full']).stdout);
      return { ...contents(archive), 'manifest.json': '' };
    });
    for (const archive of archives.slice(1)) expect(archive).toEqual(archives[0]);
  });

  it('packs nothing that FILES.md does not name', () => {
    const stray = { path: 'etc/shadow', link: '', data: Buffer.alloc(0) };
    expect(undocumented([stray])).toEqual(['etc/shadow']);
  });

  it('is clean by shellcheck', () => {
    const result = spawnSync('shellcheck', ['--shell=sh', SCRIPT], { encoding: 'utf8' });
    const missing = result.error && 'shellcheck is not installed: apt-get install shellcheck';
    expect(missing ?? result.stdout).toBe('');
  });

  it('explains itself', () => {
    const help = spawnSync(SCRIPT, ['--help'], { encoding: 'utf8' });
    expect([help.status, help.stdout]).toEqual([0, expect.stringContaining('--no-redact')]);
    const version = spawnSync(SCRIPT, ['--version'], { encoding: 'utf8' });
    expect(version.stdout).toBe('airlock-collect 0.1.0\n');
  });
});

// --- running ---------------------------------------------------------------------------------

interface RunOptions {
  /** Where it runs; an empty directory unless told. */
  readonly folder?: string;
  /** `stream` adds `--out -` unless the arguments name a file; `default` and `none` add nothing. */
  readonly out?: 'stream' | 'default' | 'none';
  /** Commands that come first on the path. */
  readonly tools?: string;
  readonly fromStdin?: boolean;
  /** As nobody when the tests run as root, so that permissions count. */
  readonly ordinaryUser?: boolean;
  readonly expectedStatus?: number;
}

/** Runs the collector and checks its status and that its work directory is gone. */
function collect(shell: ShellName, args: readonly string[], options: RunOptions = {}) {
  const temporary = temporaryDirectory();
  chmodSync(temporary, 0o777);
  const { command, env } = shellCommand(shell, temporary, options.tools);
  const streams = (options.out ?? 'stream') === 'stream' && !args.includes('--out');
  const demoted = options.ordinaryUser === true && process.getuid?.() === 0;
  if (demoted) openToOthers(args);
  const fromStdin = options.fromStdin === true || demoted;
  const result: SpawnSyncReturns<Buffer> = spawnSync(
    command[0] ?? '',
    [
      ...command.slice(1),
      ...(fromStdin ? ['-s', '--'] : [SCRIPT]),
      ...args,
      ...(streams ? ['--out', '-'] : []),
    ],
    {
      cwd: options.folder ?? temporaryDirectory(),
      env,
      input: fromStdin ? readFileSync(SCRIPT) : '',
      maxBuffer: 1 << 28,
      timeout: 60_000,
      ...(demoted ? { uid: 65534, gid: 65534, cwd: '/' } : {}),
    },
  );
  if (result.error) throw result.error;
  expect([result.status, readdirSync(temporary)], result.stderr.toString()).toEqual([
    options.expectedStatus ?? 0,
    [],
  ]);
  return result;
}

function openToOthers(args: readonly string[]): void {
  const root = args[args.indexOf('--root') + 1];
  if (root !== undefined) chmodSync(root, 0o755);
}

/** How to start a shell: its command, and an environment with a temporary directory of its own. */
function shellCommand(shell: ShellName, temporary: string, tools?: string) {
  let path = process.env.PATH ?? '';
  let command = shell === 'BusyBox ash' ? ['busybox', 'ash'] : [shell as string];
  if (shell === 'BusyBox applets only') {
    path = busyboxApplets();
    command = [join(path, 'sh')];
  }
  if (tools !== undefined) path = `${tools}:${path}`;
  return { command, env: { PATH: path, TMPDIR: temporary, REAL_CP: realCp(shell) } };
}

/** A folder that holds BusyBox under the name of each applet, and nothing else. */
function busyboxApplets(): string {
  const folder = temporaryDirectory();
  chmodSync(folder, 0o755);
  const busybox = whereIs('busybox');
  const list = spawnSync(busybox, ['--list'], { encoding: 'utf8' }).stdout;
  for (const applet of list.split('\n').filter(Boolean)) symlinkSync(busybox, join(folder, applet));
  return folder;
}

function whereIs(name: string): string {
  const folders = (process.env.PATH ?? '').split(':');
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed: apt-get install ${name}`);
  return found;
}

/** Puts shell code in front of cp. */
function replaceCp(code: string): string {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, 'cp'), `#!/bin/sh\n${code}\nexec $REAL_CP "$@"\n`, { mode: 0o755 });
  return folder;
}

function realCp(shell: ShellName): string {
  return shell.startsWith('BusyBox') ? `${whereIs('busybox')} cp` : whereIs('cp');
}

// --- archives --------------------------------------------------------------------------------

interface Entry {
  readonly path: string;
  readonly link: string;
  readonly data: Buffer;
}

/** Reads a tar archive with GNU long names. */
function unpack(tar: Buffer): Entry[] {
  const entries: Entry[] = [];
  let long: { path?: string; link?: string } = {};
  const text = (bytes: Buffer) => bytes.toString('utf8').replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + 512);
    const size = parseInt(text(header.subarray(124, 136)), 8);
    const data = tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') long = { ...long, path: text(data) };
    else if (type === 'K') long = { ...long, link: text(data) };
    else {
      const path = long.path ?? text(header.subarray(0, 100));
      const link = type === '2' ? (long.link ?? text(header.subarray(157, 257))) : '';
      entries.push({ path, link, data });
      long = {};
    }
  }
  return entries;
}

/** Path to content, with `-> target` for links; directories left out. */
function contents(archive: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(
    archive
      .filter((entry) => !entry.path.endsWith('/'))
      .map(({ path, link, data }) => [path, link ? `-> ${link}` : decode(data)]),
  );
}

/** UTF-8 where it is, so that expectations can be written as text; else one character a byte. */
function decode(data: Buffer): string {
  const text = data.toString('utf8');
  return Buffer.from(text).equals(data) ? text : data.toString('latin1');
}

interface Manifest {
  readonly unreadable: readonly { path: string; reason: string }[];
  readonly vanished: readonly string[];
}

function manifestOf(archive: readonly Entry[]): Manifest {
  return JSON.parse(
    archive.find((e) => e.path === 'manifest.json')?.data.toString() ?? '',
  ) as Manifest;
}

/** Members of an archive that no row of FILES.md names. */
function undocumented(archive: readonly Entry[]): string[] {
  const rows = readFileSync(join(ASSETS, 'FILES.md'), 'utf8').split('\n');
  const patterns = rows.flatMap(
    (row) => (row.split('|')[1] ?? '').match(/(?<=`)[^`\s]+(?=`)/g) ?? [],
  );
  const shapes = patterns.map((pattern) => {
    const escaped = pattern.replace(/[.+^$()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*');
    const withChoices = escaped.replace(
      /\{([^}]*)\}/g,
      (_, names: string) => `(${names.replaceAll(',', '|')})`,
    );
    return new RegExp(`^${withChoices.replaceAll('…', '.*')}$`);
  });
  expect(shapes.length).toBeGreaterThan(40);
  const members = Object.keys(contents(archive));
  return members.filter((path) => !shapes.some((shape) => shape.test(path)));
}

// --- trees -----------------------------------------------------------------------------------

/** Writes files, and links for contents that start with an arrow. */
function plant(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, dirname(path), path.slice(path.lastIndexOf('/') + 1));
    mkdirSync(dirname(target), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), target);
    else
      writeFileSync(
        target,
        decode(Buffer.from(content, 'latin1')) === content
          ? content
          : Buffer.from(content, 'latin1'),
      );
  }
}

const PORT = 'sys/devices/pci0000:00/0000:00:01.0';
const DEVICE = `${PORT}/0000:01:00.0`;

/** Every byte value, in an order that no text has. */
const CONFIG = String.fromCharCode(
  ...Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 8)) & 255),
);

/** A small host: what must be in the archive, and what must not. */
function plantHost(root: string) {
  const fn = (path: string, extra: Record<string, string>) =>
    Object.fromEntries(
      Object.entries({
        vendor: '0x10de\n',
        device: '0x2204\n',
        class: '0x030000\n',
        config: CONFIG,
        irq: '16\n',
        ...extra,
      }).map(([name, content]) => [`${path}/${name}`, content]),
    );
  const kept: Record<string, string> = {
    ...fn(PORT, {
      'power/control': 'auto\n',
      secondary_bus_number: '1\n',
      subsystem: '-> ../../../bus/pci',
    }),
    ...fn(DEVICE, {
      resource: '0x0 0x0 0x0\n'.repeat(13),
      label: 'no newline at the end',
      reset_method: '',
      driver_override: '(null)\n',
      driver: '-> ../../../../bus/pci/drivers/vfio-pci',
      iommu_group: '-> ../../../../kernel/iommu_groups/1',
      virtfn0: '-> ../0000:01:00.1',
      'power/runtime_status': 'suspended\n',
    }),
    'sys/bus/pci/devices/0000:00:01.0': '-> ../../../devices/pci0000:00/0000:00:01.0',
    'sys/bus/pci/devices/0000:01:00.0': '-> ../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0',
    'sys/bus/pci/slots/2/address': '0000:01:00\n',
    'sys/kernel/iommu_groups/1/type': 'DMA-FQ\n',
    'sys/kernel/iommu_groups/1/reserved_regions': '0xfee00000 0xfeefffff msi\n',
    'sys/kernel/iommu_groups/1/devices/0000:01:00.0':
      '-> ../../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0',
    'sys/kernel/iommu_groups/1/devices/ahci.0': '-> ../../../../devices/platform/ahci.0',
    'sys/devices/platform/ahci.0/driver': '-> ../../../bus/platform/drivers/ahci',
    'sys/class/iommu/dmar0': '-> ../../devices/virtual/iommu/dmar0',
    'sys/devices/virtual/iommu/dmar0/intel-iommu/cap': 'c0000c40660462\n',
    'sys/class/block/sda': '-> ../../devices/pci0000:00/0000:00:01.0/block/sda',
    [`${PORT}/block/sda/dev`]: '8:0\n',
    'sys/devices/virtual/block/dm-0/slaves/sda': '-> ../../../../pci0000:00/0000:00:01.0/block/sda',
    'sys/class/block/dm-0': '-> ../../devices/virtual/block/dm-0',
    'sys/devices/system/cpu/cpu0/topology/thread_siblings_list': '0-1\n',
    'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal: 1 kB\n',
    'sys/firmware/acpi/tables/DMAR': `DMAR${CONFIG.slice(0, 64)}`,
    'sys/firmware/dmi/entries/9-0/raw': CONFIG.slice(64, 128),
    'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': '\x06\0\0\0\x01',
    'sys/devices/virtual/dmi/id/board_name': 'PRIME X570-P\n',
    'sys/class/dmi/id': '-> ../../devices/virtual/dmi/id',
    'sys/fs/bcache/3f2504e0-4f89-11d3-9a0c-0305e82c3301/bdev0':
      '-> ../../../devices/pci0000:00/0000:00:01.0/block/sda/bcache',
    'sys/class/vfio-dev/vfio0':
      '-> ../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/vfio-dev/vfio0',
    'proc/cmdline':
      'quiet amd_iommu=on vfio-pci.ids=10de:2204,10de:1aef:1043:87d7:30000:ffff00ff\n',
    'proc/iomem': 'e0000000-efffffff : PCI Bus 0000:00\n',
    'proc/version': 'Linux version 6.8.12-1-pve\n',
    'proc/modules': 'vfio_pci 16384 0 - Live 0x0000000000000000\n',
    'etc/os-release': 'ID=debian\nVERSION_ID="24.10.2.1"\n',
    'etc/modprobe.d/vfio.conf': 'options vfio-pci ids=10de:2204\r\n',
  };
  const left = {
    [`${DEVICE}/resource0`]: 'x',
    [`${DEVICE}/rom`]: 'x',
    [`${DEVICE}/remove`]: 'x',
    [`${DEVICE}/rescan`]: 'x',
    [`${DEVICE}/reset`]: 'x',
    [`${DEVICE}/vpd`]: 'x',
    [`${DEVICE}/serial_number`]: 'x',
    'sys/firmware/acpi/tables/DSDT': 'x',
    'sys/devices/virtual/dmi/id/product_uuid': 'x',
    'etc/shadow': 'x',
  };
  const parts = {
    [`${DEVICE}/msi_irqs/30`]: 'msix\n',
    [`${DEVICE}/msi_irqs/31`]: 'msix\n',
    [`${DEVICE}/msi_irqs/32`]: 'msix\n',
    'proc/cpuinfo': 'processor\t: 0\nflags\t\t: vmx\n\nprocessor\t: 1\n\n',
  };
  plant(root, { ...kept, ...left, ...parts });
  return { kept, left: Object.keys(left) };
}

const FILESYSTEM = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const MACHINE = '0123456789abcdef0123456789abcdef';

/** What must not survive, in any spelling that the files below use. */
const IDENTITY = [
  'workhorse',
  'lab.example.org',
  'wh9alias',
  'nas7',
  'files01',
  FILESYSTEM,
  MACHINE,
  '1A2B-3C4D',
  '00:11:22:33:44:aa',
  '00-11-22-33-44-aa',
  '0011223344aa',
  'a0:36:9f:11:22:33',
  '192.168.7.',
  '0107A8C0',
  '2001:db8:',
  '20010db8',
  'fe80::211',
  'WCC7K0ABCDEF',
  'S3RIAL99',
  '500304801234abcd',
  'hunter2',
  'hun ter3',
];

const IDENTITY_FILES: Readonly<Record<string, string>> = {
  'proc/sys/kernel/hostname': 'workhorse\n',
  'etc/hostname': 'workhorse.lab.example.org\n',
  'etc/hosts': '127.0.0.1 localhost\n127.0.1.1 workhorse.lab.example.org workhorse wh9alias\n',
  'proc/cmdline':
    `BOOT_IMAGE=/vmlinuz-6.8.12-1-pve root=UUID=${FILESYSTEM} ip=192.168.7.5::192.168.7.1:255.255.255.0:workhorse:eth0 ` +
    `ifname=lan0:00:11:22:33:44:AA BOOTIF=01-00-11-22-33-44-aa vfio-pci.ids=10de:2204,10de:1aef:1043:87d7 ` +
    `pci=disable_acs_redir=0000:01:00.0 amd_iommu=on resume=UUID=1A2B-3C4D nfs=[2001:DB8::5]:/x pass.password=hunter2 ` +
    `systemd.machine_id=${MACHINE} ::1 127.0.0.1 0.0.0.0\n`,
  'proc/version': 'Linux version 6.8.12-1-pve (root@workhorse) 1.2.3.4\n',
  'proc/net/route':
    'Iface\tDestination\tGateway \tFlags\nenx0011223344aa\t00000000\t0107A8C0\t0003\n',
  'proc/net/ipv6_route': `${'20010db8'.padEnd(31, '0')}5 40 ${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00000400 1 0 3 enx0011223344aa\n`,
  'proc/self/mountinfo':
    '36 35 98:0 / / rw - ext4 /dev/mapper/workhorse--vg-root rw\n' +
    '40 36 0:40 / /mnt rw - nfs4 nas7.lab.example.org:/export rw,addr=192.168.7.9\n' +
    '41 36 0:41 / /srv rw - cifs //files01/share rw\n',
  'proc/bus/input/devices':
    'P: Phys=usb-0000:00:14.0-1/input0\nU: Uniq=00:11:22:33:44:aa\nU: Uniq=S3RIAL99\n',
  'var/log/dmesg':
    '[ 0.1] pci 0000:00:1c.0: [8086:a110] type 01 class 0x060400 at 12:34:56\n' +
    '[ 0.2] pci 10000:e1:00.0: BAR 0 [mem 0x00000000fec00000-0x00000000fec003ff 64bit]\n' +
    '[ 0.3] igb 0000:03:00.0: a0:36:9f:11:22:33 enx0011223344aa: renamed from eth0\n' +
    '[ 0.4] usb 1-1.2.3.4: SerialNumber: WD-WCC7K0ABCDEF\n' +
    '[ 0.5] serial8250: Serial: 8250/16550 driver, 4 ports, version 1.2.3.4\n' +
    '[ 0.6] addr fe80::211:22ff:fe33:44aa 2001:db8:0:0:0:0:0:5 255.255.255.0 sas_address(0x500304801234abcd)\n' +
    '[ 0.7] /dev/disk/by-id/ata-WDC_WD40EFRX_WD-WCC7K0ABCDEF-part1 /dev/disk/by-uuid/1a2b-3c4d\n',
  'etc/modprobe.d/workhorse.conf': 'options vfio-pci ids=10de:2204\n',
  [`boot/loader/entries/${MACHINE}-6.1.0.conf`]: `title WORKHORSE and wh9alias\noptions root=UUID=${FILESYSTEM.toUpperCase()}\n`,
  'etc/libvirt/qemu/workhorse-win.xml':
    `<domain type='kvm'>\n  <name>workhorse-win</name>\n  <uuid>${FILESYSTEM}</uuid>\n` +
    `  <graphics type='vnc' passwd='hun ter3'/>\n  <serial type='pty'/>\n  <serial>WD-WCC7K0ABCDEF</serial>\n</domain>\n`,
  'sys/class/net/enx0011223344aa': '-> ../../devices/pci0000:00/0000:00:1c.0/net/enx0011223344aa',
  'sys/class/net/br0': '-> ../../devices/virtual/net/br0',
  'sys/devices/pci0000:00/0000:00:1c.0/net/enx0011223344aa/operstate': 'up\n',
  'sys/devices/pci0000:00/0000:00:1c.0/net/enx0011223344aa/master':
    '-> ../../../../virtual/net/br0',
  'sys/devices/virtual/net/br0/brif/enx0011223344aa':
    '-> ../../../../pci0000:00/0000:00:1c.0/net/enx0011223344aa',
  [`sys/fs/btrfs/${FILESYSTEM}/devices/sda`]:
    '-> ../../../../devices/pci0000:00/0000:00:1c.0/block/sda',
  [`sys/fs/bcache/${FILESYSTEM}/cache0`]:
    '-> ../../../devices/pci0000:00/0000:00:1c.0/block/sda/bcache',
  'sys/class/net/br-workhorse': '-> ../../devices/virtual/net/br-workhorse',
  'sys/devices/virtual/net/br-workhorse/lower_enx0011223344aa':
    '-> ../../../pci0000:00/0000:00:1c.0/net/enx0011223344aa',
  'sys/class/net/vlan5': '-> ../../devices/virtual/net/vlan5',
  'sys/devices/virtual/net/vlan5/lower_br-workhorse': '-> ../br-workhorse',
  'proc/net/vlan/config': 'VLAN Dev name | VLAN ID\nvlan5 | 5 | br-workhorse\n',
};

function plantIdentity(root: string): void {
  plant(root, IDENTITY_FILES);
}

const REDACTED_IDENTITY: Readonly<Record<string, string>> = {
  'proc/cmdline':
    'BOOT_IMAGE=/vmlinuz-6.8.12-1-pve root=UUID=uuid-1 ip=ip-4::ip-2:255.255.255.0:host-1:eth0 ' +
    'ifname=lan0:mac-1 BOOTIF=01-mac-1 vfio-pci.ids=10de:2204,10de:1aef:1043:87d7 ' +
    'pci=disable_acs_redir=0000:01:00.0 amd_iommu=on resume=UUID=uuid-2 nfs=[ip-3]:/x pass.password=secret-1 ' +
    'systemd.machine_id=uuid-3 ::1 127.0.0.1 0.0.0.0\n',
  'proc/version': 'Linux version 6.8.12-1-pve (root@host-1) 1.2.3.4\n',
  'proc/net/route': 'Iface\tDestination\tGateway \tFlags\nif-1\t00000000\tip-2\t0003\n',
  'proc/self/mountinfo':
    '36 35 98:0 / / rw - ext4 /dev/mapper/host-1--vg-root rw\n' +
    '40 36 0:40 / /mnt rw - nfs4 host-2:/export rw,addr=ip-1\n' +
    '41 36 0:41 / /srv rw - cifs //host-3/share rw\n',
  'proc/bus/input/devices': 'P: Phys=usb-0000:00:14.0-1/input0\nU: Uniq=mac-1\nU: Uniq=serial-1\n',
  'var/log/dmesg':
    '[ 0.1] pci 0000:00:1c.0: [8086:a110] type 01 class 0x060400 at 12:34:56\n' +
    '[ 0.2] pci 10000:e1:00.0: BAR 0 [mem 0x00000000fec00000-0x00000000fec003ff 64bit]\n' +
    '[ 0.3] igb 0000:03:00.0: mac-2 if-1: renamed from eth0\n' +
    '[ 0.4] usb 1-1.2.3.4: SerialNumber: serial-2\n' +
    '[ 0.5] serial8250: Serial: 8250/16550 driver, 4 ports, version 1.2.3.4\n' +
    '[ 0.6] addr ip-5 ip-3 255.255.255.0 sas_address(serial-3)\n' +
    '[ 0.7] /dev/disk/by-id/serial-4-part1 /dev/disk/by-uuid/uuid-2\n',
  'etc/modprobe.d/host-1.conf': 'options vfio-pci ids=10de:2204\n',
  'boot/loader/entries/uuid-3-6.1.0.conf': 'title host-1 and host-1\noptions root=UUID=uuid-1\n',
  'sys/class/net/if-1': '-> ../../devices/pci0000:00/0000:00:1c.0/net/if-1',
  'sys/devices/pci0000:00/0000:00:1c.0/net/if-1/operstate': 'up\n',
  'sys/devices/virtual/net/br0/brif/if-1': '-> ../../../../pci0000:00/0000:00:1c.0/net/if-1',
  'sys/fs/btrfs/uuid-1/devices/sda': '-> ../../../../devices/pci0000:00/0000:00:1c.0/block/sda',
  'sys/fs/bcache/uuid-1/cache0': '-> ../../../devices/pci0000:00/0000:00:1c.0/block/sda/bcache',
  'sys/class/net/if-2': '-> ../../devices/virtual/net/if-2',
  'sys/devices/virtual/net/if-2/lower_if-1': '-> ../../../pci0000:00/0000:00:1c.0/net/if-1',
  'sys/devices/virtual/net/vlan5/lower_if-2': '-> ../if-2',
  'proc/net/vlan/config': 'VLAN Dev name | VLAN ID\nvlan5 | 5 | if-2\n',
};
