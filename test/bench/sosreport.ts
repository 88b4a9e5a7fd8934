import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';

/** Megabytes of the packed archive, about. */
const PACKED_MB = 100;
const LINES_A_FILE = 60_000;
/** Bytes that a line has when packed: what is random in it. */
const PACKED_LINE_BYTES = 29;
const LSPCI = Array.from({ length: 64 }, (_, at) => {
  const bus = (at + 1).toString(16).padStart(2, '0');
  return `${bus}:00.0 Ethernet controller [0200]: Intel Corporation [8086:1572] (rev 02)\n\tIOMMU group: ${at}\n\tKernel driver in use: i40e\n`;
}).join('\n');

/** Logs that are written in turn: further apart than xz looks back, so each is packed anew. */
const LOGS = 4;

/**
 * Writes a large sosreport: logs that nobody reads here, and one lspci. Packed in one thread, which
 * makes one block of it as `sos` does, and fast, since how tightly it is packed matters little.
 */
export async function writeSosreport(folder: string): Promise<string> {
  const archive = join(folder, 'sosreport-bench.tar.xz');
  const packer = spawn('xz', ['-0', '-T1', '-c'], {
    stdio: ['pipe', openSync(archive, 'wx'), 'inherit'],
  });
  const tar = pack();
  const packed = Promise.all([pipeline(tar, packer.stdin as Writable), once(packer, 'close')]);
  const logs = Array.from({ length: LOGS }, logText);
  const files = Math.ceil((PACKED_MB * 1e6) / (LINES_A_FILE * PACKED_LINE_BYTES));
  for (let file = 0; file < files; file++) {
    await new Promise((done) =>
      tar.entry(
        { name: `sosreport-bench/var/log/messages-${file}` },
        logs[file % LOGS] ?? '',
        done,
      ),
    );
  }
  tar.entry({ name: 'sosreport-bench/sos_commands/pci/lspci_-nnvv' }, LSPCI);
  tar.finalize();
  await packed;
  return archive;
}

function logText(): Buffer {
  const random = randomBytes(LINES_A_FILE * 16);
  const lines = Array.from({ length: LINES_A_FILE }, (_, at) => {
    const noise = random.toString('hex', at * 16, at * 16 + 16);
    return `Nov 22 10:00:${at % 60} host kernel: [${at}.000] audit: type=1400 operation="open" pid=${at} comm="qemu-system-x86" id=${noise} result=success`;
  });
  return Buffer.from(lines.join('\n'));
}

/** The peer: unpacking and listing, nothing else. */
export function listWithTar(archive: string): number {
  const startedMs = performance.now();
  spawnSync('sh', ['-c', 'xz -dc "$0" | tar t >/dev/null', archive]);
  return performance.now() - startedMs;
}

export function megabytes(path: string): number {
  return statSync(path).size / 1e6;
}
