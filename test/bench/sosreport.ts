import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
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

/** Writes a large sosreport: logs that nobody reads here, and one lspci. */
export async function writeSosreport(folder: string): Promise<string> {
  const archive = join(folder, 'sosreport-bench.tar.xz');
  const packer = spawn('xz', ['-1', '-T0', '-c'], {
    stdio: ['pipe', openSync(archive, 'wx'), 'inherit'],
  });
  const input = packer.stdin;
  if (input === null) throw new Error('xz takes no input');
  const tar = pack();
  tar.pipe(input);
  const files = Math.ceil((PACKED_MB * 1e6) / (LINES_A_FILE * PACKED_LINE_BYTES));
  for (let file = 0; file < files; file++) {
    await new Promise((done) =>
      tar.entry({ name: `sosreport-bench/var/log/messages-${file}` }, logText(), done),
    );
    while (input.writableNeedDrain) await once(input, 'drain');
  }
  tar.entry({ name: 'sosreport-bench/sos_commands/pci/lspci_-nnvv' }, LSPCI);
  tar.finalize();
  await once(packer, 'close');
  return archive;
}

function logText(): string {
  const random = randomBytes(LINES_A_FILE * 16);
  return Array.from({ length: LINES_A_FILE }, (_, at) => {
    const noise = random.toString('hex', at * 16, at * 16 + 16);
    return `Nov 22 10:00:${at % 60} host kernel: [${at}.000] audit: type=1400 operation="open" pid=${at} comm="qemu-system-x86" id=${noise} result=success`;
  }).join('\n');
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
