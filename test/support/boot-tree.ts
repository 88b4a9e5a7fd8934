import { readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { loadBootConstants } from '../../main/backend/boot-constants.ts';
import type { BootFunction, BootOptions } from '../../main/binding/boot/boot-plan.ts';
import type { BootEntry, BootFacts } from '../../shared/boot-facts.ts';
import type { Bdf } from '../../shared/bdf.ts';

/** Texts of the files below a folder, by path. */
export function readFolder(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const pairs = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), readFileSync(path, 'utf8')] as const;
  });
  return Object.fromEntries(pairs.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Facts of a host whose files are these; folders on the way are there, too. */
export function bootFacts(texts: Readonly<Record<string, string>>): BootFacts {
  const files: Record<string, BootEntry> = {};
  for (const [path, text] of Object.entries(texts)) {
    files[path] = { state: 'text', text };
    for (let up = dirname(path); up !== '.'; up = dirname(up)) files[up] = { state: 'present' };
  }
  return { files, isComplete: true, isExact: true };
}

/** A graphics card and its sound. */
export const BOOT_FUNCTIONS: readonly BootFunction[] = [
  {
    card: {
      bdf: '0000:01:00.0' as Bdf,
      ids: '10de:2204',
      subsystem: '1043:87d7',
      classCode: '030000',
      slot: '4',
    },
    to: 'vfio-pci',
    hasUniqueIds: true,
  },
  {
    card: {
      bdf: '0000:01:00.1' as Bdf,
      ids: '10de:1aef',
      subsystem: '1043:87d7',
      classCode: '040300',
      slot: undefined,
    },
    to: 'vfio-pci',
    hasUniqueIds: true,
  },
];

export const BOOT_OPTIONS: BootOptions = {
  arguments: ['intel_iommu=on'],
  timerMinutes: 10,
  constants: loadBootConstants(join(import.meta.dirname, '../../assets')),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
};
