import { spawn } from 'node:child_process';
import { placeQuestions, placesIn, readReplies } from './place-questions.ts';

/** What QEMU said of a machine that it made and did not start. */
export interface Answer {
  /** Device id to `bus/slot.function`, the bus by the id of its port. */
  readonly places: Readonly<Record<string, string>>;
  /** Empty where it took the command line. */
  readonly error: string;
}

/**
 * Lets QEMU make a machine under emulation, asks it where devices are, and ends it.
 *
 * @param ids - Of the devices.
 */
export async function askQemu(argv: readonly string[], ids: readonly string[]): Promise<Answer> {
  const words = [...argv, '-S', '-display', 'none', '-qmp', 'stdio'];
  const commands = [{ execute: 'qmp_capabilities' }, ...placeQuestions(ids), { execute: 'quit' }];
  const input = commands.map((command) => `${JSON.stringify(command)}\n`).join('');
  const { output, error, status } = await run('qemu-system-x86_64', words, input);
  if (status !== 0) return { places: {}, error: error.trim() || 'no answer' };
  return { places: placesIn(readReplies(output), ids), error: '' };
}

/** Runs a program to its end. */
export function run(
  program: string,
  words: readonly string[],
  input = '',
): Promise<{ readonly output: string; readonly error: string; readonly status: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    output: string;
    error: string;
    status: number;
  }>();
  const child = spawn(program, words);
  let output = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  child.stdin.on('error', () => undefined);
  child.on('error', reject);
  child.on('close', (status) => resolve({ output, error, status: status ?? 1 }));
  child.stdin.end(input);
  return promise;
}
