import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A bundled sample with the files of a host that boots by initramfs-tools and GRUB: as a snapshot
 * that the collector took, with names and all.
 *
 * @param folder - An empty directory, which becomes it.
 */
export function unpackBootableSample(folder: string, sample = 'graphics-card'): void {
  execFileSync('tar', ['-xf', join(ROOT, `assets/samples/${sample}.tar.gz`), '-C', folder]);
  cpSync(join(ROOT, 'test/fixtures/boot/initramfs-tools/before'), folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
}

const ROOT = join(import.meta.dirname, '../..');
const MANIFEST = {
  format: 'airlock-snapshot/1',
  isRoot: true,
  redacted: false,
  unreadable: [],
  vanished: [],
};
