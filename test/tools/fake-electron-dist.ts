import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Electron keeps its switches behind this text in its binary, followed by a version, their number
 * and one character each. @see Electron's tutorial "Fuses"
 */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const ON = 0x31;

/** The fuses in the order of the wire. */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const;

/** How they stand in a fresh Electron. */
const DEFAULT_WIRE = '100100011';

const FILES = [
  'chrome-sandbox',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'resources.pak',
  'v8_context_snapshot.bin',
  'LICENSE',
  'LICENSES.chromium.html',
  'locales/en-US.pak',
  'locales/de.pak',
];

/** Writes what electron-builder looks for in Electron's download, so that it needs none. */
export function writeFakeElectron(folder: string): void {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  for (const name of FILES) writeFileSync(path.join(folder, name), 'stand-in');
  const wire = [Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(DEFAULT_WIRE)];
  const binary = path.join(folder, 'electron');
  writeFileSync(binary, Buffer.concat([Buffer.from('#!/bin/sh\n'), ...wire, Buffer.alloc(1024)]));
  for (const name of ['electron', ...FILES.slice(0, 2)]) chmodSync(path.join(folder, name), 0o755);
  const { version } = createRequire(import.meta.url)('electron/package.json') as {
    version: string;
  };
  writeFileSync(path.join(folder, 'version'), version);
}

/** Names of the fuses that are on in a binary. */
export function readFuses(binary: string): string[] {
  const bytes = readFileSync(binary);
  const start = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
  return FUSES.filter((_name, index) => bytes[start + index] === ON);
}
