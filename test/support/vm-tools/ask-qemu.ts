import { spawn } from 'node:child_process';

/** What QEMU said of a machine that it made and did not start. */
export interface Answer {
  /** Device id to `bus/slot.function`, the bus by the id of its port. */
  readonly places: Readonly<Record<string, string>>;
  /** Empty where it took the command line. */
  readonly error: string;
}

/**
 * Lets QEMU make a machine under emulation, asks it where devices are, and ends it. Before firmware
 * has numbered the buses `query-pci` shows nothing below a port, so the devices themselves are asked.
 *
 * @param ids - Of the devices.
 */
export async function askQemu(argv: readonly string[], ids: readonly string[]): Promise<Answer> {
  const words = [...argv, '-S', '-display', 'none', '-qmp', 'stdio'];
  const questions = ids.flatMap((id) =>
    ['parent_bus', 'addr'].map((property) => ({
      execute: 'qom-get',
      id: `${property} ${id}`,
      arguments: { path: `/machine/peripheral/${id}`, property },
    })),
  );
  const commands = [{ execute: 'qmp_capabilities' }, ...questions, { execute: 'quit' }];
  const input = commands.map((command) => `${JSON.stringify(command)}\n`).join('');
  const { output, error, status } = await run('qemu-system-x86_64', words, input);
  const replies = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { readonly id?: string; readonly return?: unknown });
  const answers = new Map(replies.map(({ id, return: value }) => [id, String(value)]));
  if (status !== 0) return { places: {}, error: error.trim() || 'no answer' };
  const places = ids.map((id) => {
    const bus = answers.get(`parent_bus ${id}`)?.split('/').at(-1);
    const devfn = Number(answers.get(`addr ${id}`));
    return [id, `${bus}/${devfn >> 3}.${devfn & 7}`] as const;
  });
  return { places: Object.fromEntries(places), error: '' };
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
