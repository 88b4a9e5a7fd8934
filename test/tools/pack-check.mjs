// @ts-check
/**
 * Builds the packages with a stand-in for Electron's download and looks into them.
 *
 *     npm run build && npm run pack:check
 *
 * Needs no network; dpkg-deb for the deb, rpmbuild for the rpm. The AppImage is not built here: its
 * run time is a download, and its content is that of the folder which is checked.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { listAsarFiles } from './asar-files.ts';
import { readFuses, writeFakeElectron } from './fake-electron-dist.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const work = mkdtempSync(path.join(tmpdir(), 'airlock-pack-'));
const dist = path.join(work, 'dist');
const unpacked = path.join(dist, 'linux-unpacked');
const hasRpmbuild = spawnSync('rpmbuild', ['--version']).status === 0;

/** Outside of /opt, in both packages. */
const SYSTEM_FILES = [
  '/usr/bin/airlock',
  '/usr/lib/airlock/assets/collect/airlock-collect',
  '/usr/lib/airlock/assets/helper/STEPS.md',
  '/usr/lib/airlock/assets/pci-ids/pci.ids',
  '/usr/lib/airlock/node/bin/node',
  '/usr/lib/airlock/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  '/usr/lib/airlock/out/cli/airlock.js',
  '/usr/lib/airlock/out/cli/main.js',
  '/usr/lib/airlock/out/renderer/index.html',
  '/usr/lib/airlock/package.json',
  '/usr/libexec/airlock/airlock-collect',
  '/usr/libexec/airlock/airlock-helper',
  '/usr/libexec/airlock/boot/airlock-bind',
  '/usr/share/applications/airlock-desktop.desktop',
  '/usr/share/icons/hicolor/16x16/apps/airlock-desktop.png',
  '/usr/share/icons/hicolor/512x512/apps/airlock-desktop.png',
  '/usr/share/icons/hicolor/scalable/apps/airlock-desktop.svg',
  '/usr/share/metainfo/org.airlock.Airlock.metainfo.xml',
  '/usr/share/polkit-1/actions/org.airlock.collect.policy',
  '/usr/share/polkit-1/actions/org.airlock.helper.policy',
];

before(() => {
  const electron = path.join(work, 'electron');
  writeFakeElectron(electron);
  const targets = ['dir', 'deb', ...(hasRpmbuild ? ['rpm'] : [])];
  const config = [`-c.electronDist=${electron}`, `-c.directories.output=${dist}`];
  execFileSync(
    'electron-builder',
    ['--linux', ...targets, '--x64', '--publish', 'never', ...config],
    {
      cwd: ROOT,
      env: { ...process.env, CUSTOM_FPM_PATH: path.join(import.meta.dirname, 'fpm-shim.ts') },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
});
after(() => rmSync(work, { recursive: true }));

test('the archive holds what was built and nothing else', () => {
  const files = listAsarFiles(path.join(unpacked, 'resources/app.asar'));
  const known =
    /^(package\.json|out\/main\/.*\.js|out\/preload\/index\.cjs|out\/renderer\/.*|node_modules\/better-sqlite3\/.*)$/;
  assert.deepEqual(
    files.filter((file) => !known.test(file)),
    [],
  );
  for (const file of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
    assert.ok(files.includes(file), file);
  }
  const native = 'node_modules/better-sqlite3/prebuilds';
  assert.deepEqual(
    globSync('**/*.node', { cwd: path.join(unpacked, 'resources/app.asar.unpacked') }),
    [`${native}/linux-x64.node`],
  );
});

test('assets lie beside the archive, and the collector can be run', () => {
  const assets = path.join(unpacked, 'resources/assets');
  const shipped = globSync('**/*.*', { cwd: path.join(ROOT, 'assets/samples') });
  for (const sample of shipped) assert.ok(existsSync(path.join(assets, 'samples', sample)), sample);
  assert.ok(shipped.length > 0, 'there are samples');
  assert.ok(existsSync(path.join(assets, 'pci-ids/pci.ids')));
  const help = execFileSync(path.join(assets, 'collect/airlock-collect'), ['--help']);
  assert.match(help.toString(), /Usage: airlock-collect/);
});

test('the binary runs this application and nothing else', () => {
  assert.deepEqual(readFuses(path.join(unpacked, 'airlock-desktop')).toSorted(), [
    'enableCookieEncryption',
    'onlyLoadAppFromAsar',
    'wasmTrapHandlers',
  ]);
});

test('only the languages that the window speaks are there', () => {
  assert.deepEqual(globSync('*', { cwd: path.join(unpacked, 'locales') }), ['en-US.pak']);
});

test('the deb brings the command line, the collector and its policy', () => {
  const deb = onePackage('*.deb');
  const lines = run('dpkg-deb', ['--contents', deb]).trim().split('\n');
  checkSystemFiles(lines.map((line) => line.split(/\s+/)[5]?.replace(/^\./, '') ?? ''));
  const collector = lines.find((line) => line.endsWith('./usr/libexec/airlock/airlock-collect'));
  assert.match(collector ?? '', /^-rwxr-xr-x root\/root /);
  const control = run('dpkg-deb', ['--field', deb]);
  assert.match(control, /^Package: airlock$/m);
  assert.match(control, /^Recommends: pkexec \| policykit-1$/m);
  assert.match(control, /^Depends: .*libgtk-3-0/m);
});

test('the command of the deb starts the Node that came with it', () => {
  const folder = path.join(work, 'installed');
  run('dpkg-deb', ['--extract', onePackage('*.deb'), folder]);
  const command = readFileSync(path.join(folder, 'usr/bin/airlock'), 'utf8');
  const parts = /^exec (\S+) (\S+) "\$@"$/m.exec(command)?.slice(1) ?? [];
  const [node = '', entry = ''] = parts.map((part) => path.join(folder, part));
  assert.match(run(node, ['--version']), /^v24\./);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  assert.match(run(node, [entry, '--version']), new RegExp(version.replaceAll('.', '\\.')));
});

test('the desktop entry starts the window under its own name', () => {
  const folder = path.join(work, 'installed');
  const file = path.join(folder, 'usr/share/applications/airlock-desktop.desktop');
  const entry = readFileSync(file, 'utf8');
  for (const line of [
    'Name=Airlock',
    'Exec=/opt/Airlock/airlock-desktop %U',
    'Icon=airlock-desktop',
    'StartupWMClass=airlock-desktop',
    'Categories=System;',
  ]) {
    assert.ok(entry.split('\n').includes(line), `${line} in\n${entry}`);
  }
});

test('the policy names the collector that the packages install', () => {
  const policy = readFileSync(path.join(ROOT, 'assets/linux/org.airlock.collect.policy'), 'utf8');
  const program = /exec\.path">([^<]+)</.exec(policy)?.[1];
  assert.equal(program, '/usr/libexec/airlock/airlock-collect');
  assert.match(policy, /<allow_any>no<\/allow_any>/);
});

if (hasRpmbuild) {
  test('the rpm brings the same files', () => {
    const rpm = onePackage('*.rpm');
    checkSystemFiles(run('rpm', ['-qlp', rpm]).trim().split('\n'));
    assert.match(run('rpm', ['-qp', '--scripts', rpm]), /chrome-sandbox/);
  });
} else {
  console.log('The rpm was not checked: apt-get install rpm');
}

/** @param {string} pattern */
function onePackage(pattern) {
  const [file, ...others] = globSync(pattern, { cwd: dist });
  assert.ok(file !== undefined && others.length === 0, `one ${pattern}`);
  return path.join(dist, file);
}

/** @param {string[]} files */
function checkSystemFiles(files) {
  assert.deepEqual(
    SYSTEM_FILES.filter((file) => !files.includes(file)),
    [],
  );
  assert.ok(files.includes('/opt/Airlock/airlock-desktop'));
  assert.ok(files.some((file) => file.startsWith('/usr/lib/airlock/assets/samples/')));
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8' });
}
