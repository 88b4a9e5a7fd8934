import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { openArchiveBytes } from '../../main/host/open-archive.ts';
import { openReport } from '../../main/reports/open-report.ts';
import { parseVm } from '../../main/reports/vm/parse-vm.ts';
import { packTar } from './pack-tar.ts';
import { REPORT_SEEDS } from './report-seeds.ts';
import { generate, SAMPLE_NAMES, sampleVm } from './vm-samples.ts';

/** A reader, and what is broken to be given to it. */
export interface FuzzedReader {
  readonly name: string;
  /** The first is broken most often. */
  readonly seeds: readonly (string | Uint8Array)[];
  read(bytes: Uint8Array): unknown;
}

const ORIGIN = { kind: 'archive', name: 'fuzzed', label: 'fuzzed' } as const;

/** Everything that reads a file of somebody else: reports, machines, archives. */
export async function fuzzReaders(): Promise<readonly FuzzedReader[]> {
  return [...reportReaders(), ...machineReaders(), ...(await archiveReaders())];
}

function reportReaders(): readonly FuzzedReader[] {
  return Object.entries(REPORT_SEEDS).map(([name, text]) => ({
    name,
    seeds: [text, ...Object.values(REPORT_SEEDS)],
    read: (bytes) => openReport('fuzzed', bytes),
  }));
}

/** The configurations that are written for each target, read again. */
function machineReaders(): readonly FuzzedReader[] {
  return (['libvirt', 'qemu', 'proxmox'] as const).map((target) => ({
    name: `vm ${target}`,
    seeds: SAMPLE_NAMES.map((sample) => generate(target, sampleVm(sample)).files[0]?.text ?? ''),
    read: (bytes) => parseVm(new TextDecoder().decode(bytes)),
  }));
}

async function archiveReaders(): Promise<readonly FuzzedReader[]> {
  const files = Object.entries(REPORT_SEEDS).map(([name, content]) => ({
    name: `host/sys/${name}`,
    content,
  }));
  const link = { name: 'host/sys/bus/pci/devices/0000:01:00.0', linkTarget: '../../../devices/x' };
  const tar = await packTar([...files, link]);
  const archives = {
    tar,
    gz: gzipSync(tar),
    zst: zstdCompressSync(tar),
    xz: execFileSync('xz', ['-c'], { input: tar }),
    bz2: execFileSync('bzip2', ['-c'], { input: tar }),
    zip: zipped(REPORT_SEEDS),
  };
  return Object.entries(archives).map(([name, bytes]) => ({
    name: `archive ${name}`,
    seeds: [bytes],
    read: (broken) => openArchiveBytes(ORIGIN, broken),
  }));
}

function zipped(files: Readonly<Record<string, string>>): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-fuzz-'));
  try {
    const names = Object.keys(files).map((name) => `lspci-${name}`);
    for (const name of names) writeFileSync(join(folder, name), files[name.slice(6)] ?? '');
    execFileSync('zip', ['-q', 'host.zip', ...names], { cwd: folder });
    return readFileSync(join(folder, 'host.zip'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
