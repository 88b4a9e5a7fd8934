import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../main/backend/analyse.ts';
import { UNWATCHED } from '../../../main/backend/job-list.ts';
import { readSource } from '../../../main/backend/read-source.ts';

/**
 * Hosts whose groups the kernel itself told: laboratory boots of Debian kernels, and facts restated
 * from real machines. `about.json` beside each says where it is from.
 */
const HOSTS = join(import.meta.dirname, '../../fixtures/hosts');

interface Expected {
  readonly groups: readonly (readonly string[])[];
  /** Left out where the record does not say. */
  readonly notCovered?: readonly string[];
}

function read<T>(name: string, file: string): T {
  return JSON.parse(readFileSync(join(HOSTS, name, file), 'utf8')) as T;
}

function sorted(groups: readonly (readonly string[])[]): string[] {
  return groups.map((members) => [...members].sort().join(' ')).sort();
}

const names = readdirSync(HOSTS);

describe('every function is predicted into the group that the kernel put it into', () => {
  it('more than a hundred hosts are recorded', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  it.each(names)('%s', async (name) => {
    const { groups, notCovered } = read<Expected>(name, 'expected.json');
    const host = await readSource(join(HOSTS, name, 'snapshot.tar.gz'), 'full', UNWATCHED, {
      assetsDir: '',
      isInteractive: false,
    });
    if (!host.ok) throw new Error(host.error.message);
    const { grouping, differences } = analyse(host.value);
    if (groups.length === 0) {
      expect(grouping.basis).toBe('as-if-on');
      return;
    }
    expect(grouping.basis).toBe('as-is');
    expect(sorted(grouping.groups.map(({ members }) => members))).toEqual(sorted(groups));
    if (notCovered) expect(grouping.notCovered).toEqual([...notCovered].sort());
    expect(differences).toEqual([]);
    // In a logical partition the hypervisor decides, so nothing is certain there.
    const expected = grouping.provider === 'power-pseries' ? 'likely' : 'certain';
    expect(new Set(grouping.groups.map(({ confidence }) => confidence))).toEqual(
      new Set([expected]),
    );
  });
});
