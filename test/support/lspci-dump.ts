import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAGE_BYTES } from '../../main/host/limits.ts';
import type { Source } from '../../main/host/source.ts';

/**
 * Writes the configuration space of every function of a source as `lspci -xxxx` prints it: what
 * `lspci -F` takes in place of a machine.
 */
export function dumpOf(source: Source): string {
  const devices = source.list('sys/bus/pci/devices');
  if (!devices.ok) throw new Error('no devices');
  return devices.value
    .toSorted()
    .map((bdf) => {
      const config = source.read(`sys/bus/pci/devices/${bdf}/config`, PAGE_BYTES);
      if (!config.ok) throw new Error(`no config of ${bdf}`);
      return [`${bdf} Device`, ...hexLines(config.value), ''].join('\n');
    })
    .join('\n');
}

function hexLines(bytes: Uint8Array): string[] {
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, at) => {
    const row = bytes.subarray(at * 16, at * 16 + 16);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return `${(at * 16).toString(16).padStart(2, '0')}: ${hex}`;
  });
}

/** What pciutils prints of a dump, in one form for each list of options. */
export function lspciOf(dump: string, forms: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-lspci-'));
  try {
    const file = join(folder, 'dump');
    writeFileSync(file, dump);
    return forms.map((form) =>
      execFileSync('lspci', ['-F', file, ...form.split(' ').filter((word) => word !== '')], {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
