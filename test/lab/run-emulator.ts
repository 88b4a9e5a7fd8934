import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Gives all that the emulator printed; a guest that does not end is ended, and says so.
 *
 * @param onLine - Gets each line of the console, and a function that cuts the power at once.
 */
export function runEmulator(
  command: readonly string[],
  limitMs: number,
  onLine: (line: string, cut: () => void) => void,
): Promise<string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, QEMU_MODULE_DIR: '/usr/lib/x86_64-linux-gnu/qemu' },
  });
  const cut = () => void child.kill('SIGKILL');
  const printed: Buffer[] = [];
  createInterface({ input: child.stdout.on('data', (data: Buffer) => printed.push(data)) }).on(
    'line',
    (line) => onLine(line, cut),
  );
  child.stderr.on('data', (data: Buffer) => printed.push(data));
  const limit = setTimeout(() => {
    printed.push(Buffer.from(`\nEnded after ${limitMs / 1000} s: the guest did not switch off\n`));
    cut();
  }, limitMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(limit);
      resolve(Buffer.concat(printed).toString('latin1'));
    });
  });
}
