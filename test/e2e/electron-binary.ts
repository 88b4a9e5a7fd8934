import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** Electron itself, where it has been downloaded and can show a window. */
export function electronBinary(): string | undefined {
  const folder =
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(ROOT, 'node_modules/electron/dist');
  const binary = path.join(folder, 'electron');
  const hasDisplay = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  return hasDisplay !== undefined && existsSync(binary) ? binary : undefined;
}
