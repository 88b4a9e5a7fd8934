import { vi } from 'vitest';
import { runCommandLine } from '../../main/cli/command-line.ts';
import type { ExitStatus } from '../../main/cli/exit-status.ts';

export interface AirlockRun {
  readonly status: ExitStatus;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly complaints: string;
}

/** Runs one command line in this process and keeps what it writes. */
export async function runAirlock(...args: readonly string[]): Promise<AirlockRun> {
  let out = '';
  let complaints = '';
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
    vi
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => ((complaints += String(text)), true)),
  ];
  try {
    return { status: await runCommandLine(args), out, complaints };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
