import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FetchedKernel } from '../support/fetch-kernel.ts';
import { packInitramfs, type GuestFile } from './cpio.ts';
import { fetchBusybox } from './fetch-busybox.ts';
import { modulesFor } from './guest-modules.ts';
import { IOMMUS, MACHINES } from './machine.ts';
import { deviceArguments } from './part.ts';
import { patchIds } from './patch-ids.ts';
import { answersInFile, readAnswers } from './read-answers.ts';
import { runEmulator } from './run-emulator.ts';
import type { Topology } from './topology.ts';

/** What came out of one boot. */
export interface Boot {
  /** Steps of the guest's job that did not succeed, in its own words. */
  readonly mishaps: readonly string[];
  /** Console of the guest and messages of the emulator. */
  readonly console: string;
  /** What the guest answered, by name; empty where it did not get that far. */
  readonly answers: ReadonlyMap<string, Buffer>;
  readonly seconds: number;
  /** The emulator's command line, to try by hand. */
  readonly command: readonly string[];
}

const TOP = join(import.meta.dirname, '../..');
const LIMIT_MS = 180_000;

/** Boots a topology on a kernel and waits until the guest has switched itself off. */
export async function boot(topology: Topology, kernel: FetchedKernel): Promise<Boot> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-lab-'));
  try {
    writeFileSync(join(folder, 'initrd'), packInitramfs(await guestFiles(topology, kernel)));
    const command = commandOf(topology, kernel, folder);
    const startedMs = performance.now();
    const console = await runEmulator(command, topology.limitMs ?? LIMIT_MS, (line) =>
      passToMonitor(line, join(folder, 'monitor')),
    );
    const seconds = (performance.now() - startedMs) / 1000;
    const tar = answersOnConsole(console) ?? answersInFile(join(folder, 'answers'));
    return {
      mishaps: mishapsIn(console),
      console,
      answers: await readAnswers(tar),
      seconds,
      command,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function guestFiles(
  topology: Topology,
  kernel: FetchedKernel,
): Promise<readonly GuestFile[]> {
  const { modules = [], before, after, isRead = true, files = [] } = topology.guest ?? {};
  const script = (path: string, text: string | undefined): readonly GuestFile[] =>
    text === undefined ? [] : [{ path, content: Buffer.from(`${text}\n`) }];
  return [
    { path: 'init', content: readFileSync(join(import.meta.dirname, 'guest/init')) },
    { path: 'bin/busybox', content: await fetchBusybox(kernel.architecture) },
    {
      path: 'bin/airlock-collect',
      content: readFileSync(join(TOP, 'assets/collect/airlock-collect')),
    },
    ...modulesFor(kernel.modules, modules),
    ...script('job/before', before),
    ...script('job/after', after),
    ...script('job/no-snapshot', isRead ? undefined : ''),
    ...files,
  ];
}

function commandOf(topology: Topology, kernel: FetchedKernel, folder: string): readonly string[] {
  const machine = MACHINES[topology.machine ?? 'q35'];
  const iommu = IOMMUS[topology.iommu];
  const commandLine = [machine.commandLine, topology.commandLine ?? iommu.commandLine].join(' ');
  const program = topology.ids ? patchIds(programPath(machine.program), topology.ids) : undefined;
  return [
    ...(program === undefined ? [machine.program] : [program, ...shippedFolders()]),
    ...machine.args,
    ...['-display', 'none', '-no-reboot', '-accel', 'tcg'],
    ...[
      '-kernel',
      kernel.vmlinux,
      '-initrd',
      join(folder, 'initrd'),
      '-append',
      commandLine.trim(),
    ],
    ...['-serial', 'stdio'],
    ...(machine.hasSecondLine ? ['-serial', `file:${join(folder, 'answers')}`] : []),
    ...['-monitor', `unix:${join(folder, 'monitor')},server=on,wait=off`],
    ...(topology.iommuArgs ?? iommu.args),
    ...(topology.args ?? []),
    ...deviceArguments(topology.parts, machine.rootBus),
  ];
}

/** A copy of the emulator looks for its own files beside itself. */
function shippedFolders(): readonly string[] {
  return ['-L', '/usr/share/qemu', '-L', '/usr/share/seabios', '-L', '/usr/lib/ipxe/qemu'];
}

function programPath(name: string): string {
  return join('/usr/bin', name);
}

const MONITOR_LINE = /^LAB monitor (.*?)\r?$/;

/** A guest cannot plug its own hardware: it asks, and the emulator is told. */
function passToMonitor(line: string, monitor: string): void {
  const wish = MONITOR_LINE.exec(line)?.[1];
  if (wish === undefined) return;
  const socket = connect(monitor, () => socket.end(`${wish}\n`));
  socket.resume();
}

/** Lines in which the guest says that a step failed. */
export function mishapsIn(console: string): readonly string[] {
  return console
    .split(/\r?\n/)
    .filter((line) => /^LAB (waited|cannot|round|the collector)/.test(line));
}

/** Machines with one serial line print their answers between two lines. */
function answersOnConsole(console: string): Buffer | undefined {
  const text = /^LAB answers\r?\n([A-Za-z0-9+/=\s]*)LAB end/m.exec(console)?.[1];
  return text === undefined ? undefined : gunzipSync(Buffer.from(text, 'base64'));
}
