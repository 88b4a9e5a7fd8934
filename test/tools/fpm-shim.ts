#!/usr/bin/env node
/**
 * The part of fpm that electron-builder uses, over dpkg-deb and rpmbuild: fpm itself is neither on
 * npm nor in Debian. `CUSTOM_FPM_PATH` points here in `npm run pack:check`; released packages are
 * built with the real one. Nothing is compressed, because nobody installs the result.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the command line says. */
interface Request {
  readonly options: ReadonlyMap<string, string>;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  /** `source=target`. */
  readonly files: readonly string[];
}

const FLAGS = ['--force', '--debug'];
const REPEATED = { '-d': 'depends', '--deb-recommends': 'recommends' } as const;

function parseRequest(args: readonly string[]): Request {
  const options = new Map<string, string>();
  const lists = { depends: [] as string[], recommends: [] as string[], files: [] as string[] };
  const rest = args.filter((arg) => !FLAGS.includes(arg));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-')) lists.files.push(arg);
    else if (arg in REPEATED) lists[REPEATED[arg as '-d']].push(rest.shift() ?? '');
    else options.set(arg.replace(/^-+/, ''), rest.shift() ?? '');
  }
  return { options, ...lists };
}

/** Copies every `source=target`; a source that ends in a slash stands for what is in it. */
function stageFiles(request: Request, stage: string): void {
  for (const pair of request.files) {
    const at = pair.lastIndexOf('=');
    const [source, target] = [pair.slice(0, at), path.join(stage, pair.slice(at + 1))];
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }
  for (const file of listFiles(stage)) {
    const { mode } = lstatSync(file);
    chmodSync(file, mode & 0o100 ? 0o755 : 0o644);
  }
}

function listFiles(folder: string): string[] {
  const found = globSync('**', { cwd: folder }).map((name) => path.join(folder, name));
  return found.filter((file) => lstatSync(file).isFile());
}

function buildDeb(request: Request, stage: string): void {
  const control = path.join(stage, 'DEBIAN');
  const sizeKiB = Math.ceil(
    listFiles(stage).reduce((sum, file) => sum + statSync(file).size, 0) / 1024,
  );
  mkdirSync(control);
  writeFileSync(path.join(control, 'control'), controlFile(request, sizeKiB));
  copyScript(request, 'after-install', path.join(control, 'postinst'));
  copyScript(request, 'after-remove', path.join(control, 'postrm'));
  const target = option(request, 'package');
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', stage, target]);
}

function controlFile(request: Request, sizeKiB: number): string {
  const [summary = '', ...lines] = option(request, 'description').split('\n');
  const fields = [
    ['Package', option(request, 'name')],
    ['Version', option(request, 'version')],
    ['Architecture', option(request, 'architecture')],
    ['Maintainer', option(request, 'maintainer')],
    ['Installed-Size', String(sizeKiB)],
    ['Depends', request.depends.join(', ')],
    ['Recommends', request.recommends.join(', ')],
    ['Section', option(request, 'category')],
    ['Priority', option(request, 'deb-priority')],
    ['Homepage', option(request, 'url')],
    ['Description', [summary.trim(), ...lines.map((line) => ` ${line.trim() || '.'}`)].join('\n')],
  ];
  return `${fields.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`;
}

function copyScript(request: Request, name: string, target: string): void {
  cpSync(option(request, name), target);
  chmodSync(target, 0o755);
}

const RPM_ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

function buildRpm(request: Request, stage: string): void {
  const top = mkdtempSync(path.join(tmpdir(), 'airlock-rpm-'));
  const given = option(request, 'architecture');
  const architecture = RPM_ARCHITECTURES[given] ?? given;
  const spec = path.join(top, 'airlock.spec');
  writeFileSync(spec, specFile(request, stage, architecture));
  const define = ['--define', `_topdir ${top}`, '--target', architecture];
  execFileSync('rpmbuild', ['-bb', '--quiet', ...define, spec]);
  const [built = ''] = globSync('RPMS/**/*.rpm', { cwd: top });
  cpSync(path.join(top, built), option(request, 'package'));
  rmSync(top, { recursive: true });
}

function specFile(request: Request, stage: string, architecture: string): string {
  const script = (name: string): string =>
    readFileSync(option(request, name), 'utf8').replaceAll('%', '%%');
  const files = listFiles(stage).map((file) => `"/${path.relative(stage, file)}"`);
  return `
%define _build_id_links none
%define _binary_payload w0.gzdio
%global __os_install_post %{nil}
AutoReqProv: no
Name: ${option(request, 'name')}
Version: ${option(request, 'version')}
Release: 1
Summary: ${option(request, 'rpm-summary')}
License: ${option(request, 'license')}
URL: ${option(request, 'url')}
Vendor: ${option(request, 'vendor')}
BuildArch: ${architecture}
${request.depends.map((name) => `Requires: ${name}`).join('\n')}
%description
${option(request, 'description')}
%install
mkdir -p %{buildroot}
cp -a ${stage}/. %{buildroot}/
%post
${script('after-install')}
%postun
${script('after-remove')}
%files
%defattr(-,root,root,-)
${files.join('\n')}
`;
}

function option(request: Request, name: string): string {
  const value = request.options.get(name);
  if (value === undefined) throw new Error(`fpm was called without --${name}`);
  return value;
}

function build(args: readonly string[]): void {
  const request = parseRequest(args);
  const stage = mkdtempSync(path.join(tmpdir(), 'airlock-fpm-'));
  stageFiles(request, stage);
  if (option(request, 't') === 'deb') buildDeb(request, stage);
  else buildRpm(request, stage);
  rmSync(stage, { recursive: true });
}

build(process.argv.slice(2));
