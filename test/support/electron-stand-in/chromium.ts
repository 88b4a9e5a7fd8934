import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../chromium-flags.ts';

/** The one browser of this process, with its own profile folder. */
export interface RunningChromium {
  readonly context: BrowserContext;
  /** Port of the debugging protocol, through which the test drives the window. */
  readonly debuggingPort: number;
  close(): Promise<void>;
}

let running: Promise<RunningChromium> | undefined;

/** Starts Chromium at the first call. */
export async function useChromium(): Promise<RunningChromium> {
  return (running ??= start());
}

/** Ends Chromium where it was started. */
export async function closeChromium(): Promise<void> {
  await (await running)?.close();
}

async function start(): Promise<RunningChromium> {
  const profile = mkdtempSync(path.join(tmpdir(), 'airlock-stand-in-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...chromiumFlags(), '--remote-debugging-port=0'],
    chromiumSandbox: false,
    viewport: null,
  });
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, debuggingPort: readDebuggingPort(profile), close };
}

/** Chromium writes the port that it chose into its profile: the first line of two. */
function readDebuggingPort(profile: string): number {
  const text = readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8');
  return Number.parseInt(text, 10);
}
