import { defineConfig } from '@playwright/test';
import { electronBinary } from './test/e2e/electron-binary.ts';
import type { ShellOptions } from './test/e2e/shell.ts';
import { chromiumFlags, chromiumPath } from './test/support/chromium-flags.ts';

/**
 * The application through its window: the same specs in each shell, and a few that only one has.
 *
 * `serve` is Chromium on `airlock serve`; `stand-in` the built desktop application on a stand-in for
 * Electron; `electron` the real one, where its binary is. They run `out/`, so build first.
 */
const shells = [
  { name: 'serve', testMatch: ['window/*.spec.ts', 'serve/*.spec.ts'] },
  // On a simulated host: root and /dev/fuse.
  { name: 'simulated', testMatch: ['simulated/*.spec.ts'] },
  { name: 'stand-in', testMatch: ['window/*.spec.ts', 'electron/*.spec.ts', 'stand-in/*.spec.ts'] },
  { name: 'electron', testMatch: ['window/*.spec.ts', 'electron/*.spec.ts'] },
] as const;

export default defineConfig<ShellOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 30_000,
  forbidOnly: true,
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: chromiumPath(), args: chromiumFlags() },
  },
  projects: shells
    .filter(({ name }) => name !== 'electron' || electronBinary() !== undefined)
    .map(({ name, testMatch }) => ({
      name,
      testMatch: [...testMatch],
      use: { shellKind: name === 'simulated' ? 'serve' : name },
    })),
});
