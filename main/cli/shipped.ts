import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder above `out/cli`: of the checkout, or of the package. */
const TOP = join(import.meta.dirname, '../..');

/** Samples, collector, names. */
export const ASSETS_DIR = join(TOP, 'assets');

/** What a reading over SSH needs; ssh itself asks for the passphrase of a key, on the terminal. */
export const SHIPPED = {
  assetsDir: ASSETS_DIR,
  isInteractive: process.stdin.isTTY && process.stderr.isTTY,
} as const;

/** The built window. */
export const RENDERER_DIR = join(TOP, 'out/renderer');

/** The built process of the backend; the command line is bundled beside it. */
export const BACKEND_PROCESS = join(TOP, 'out/cli/backend-process.js');

/** Version of the package that this file was built from. */
export function shippedVersion(): string {
  const text = readFileSync(join(TOP, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}
