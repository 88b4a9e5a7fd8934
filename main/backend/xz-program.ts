import { execFile, spawn } from 'node:child_process';
import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';

/** Nothing of ours: `XZ_OPT` would change what the program does, a language what it says. */
const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C' };
/** Of its decoder, for all threads together; the largest preset, `-9`, needs 65 MiB. */
const MEMORY = '--memlimit-decompress=256MiB';
/** What it says of a broken file is one line. */
const MAX_COMPLAINT = 1000;

/**
 * Unpacks xz with the program of XZ Utils, two to four times as fast as in WebAssembly. It gets the
 * bytes by a pipe and names no file; when nobody takes what it gives any more, it is killed.
 *
 * @param program - Its name or path, for tests.
 * @returns `undefined` where it is not installed, or is the one of BusyBox, which knows no limit of
 *   memory. The stream is untouched then.
 * @see xz(1), XZ Utils 5.4
 */
export async function unxzWithProgram(
  packed: Readable,
  program = 'xz',
): Promise<AsyncIterable<Uint8Array> | undefined> {
  return (await isXzUtils(program)) ? unpacked(packed, program) : undefined;
}

async function isXzUtils(program: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { env: ENVIRONMENT });
    return stdout.includes('(XZ Utils)');
  } catch {
    // Whatever keeps it from starting, there is another way.
    return false;
  }
}

async function* unpacked(packed: Readable, program: string): AsyncGenerator<Uint8Array> {
  const child = spawn(program, ['--decompress', '--stdout', MEMORY], { env: ENVIRONMENT });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let complaint = '';
  child.once('error', ({ message }) => (complaint = message));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(0, MAX_COMPLAINT);
  });
  // It may end before its input does; its status says whether that was well.
  pipeline(packed, child.stdin, () => undefined);
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    const status = await ended;
    if (packed.errored) throw packed.errored;
    if (status !== 0) throw new Error(complaint.trim());
  } finally {
    child.kill('SIGKILL');
  }
}
