import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../../main/backend/job-list.ts';
import { readSource } from '../../../main/backend/read-source.ts';
import { makeContext } from '../../../main/engine/context.ts';
import { versionName } from '../../../main/engine/whatif/change-kernel.ts';
import { sideBelow } from '../../../main/engine/whatif/find-card.ts';
import { subtreeOf } from '../../../main/engine/whatif/relocate.ts';
import type { Host } from '../../../shared/host.ts';
import { partition, predict } from '../../support/predict.ts';

/** Recorded hosts of which two show the same topology before and after a change. */
const HOSTS = join(import.meta.dirname, '../../fixtures/hosts');

interface Expected {
  readonly groups: readonly (readonly string[])[];
  readonly notCovered?: readonly string[];
}

function expected(name: string): Expected {
  return JSON.parse(readFileSync(join(HOSTS, name, 'expected.json'), 'utf8')) as Expected;
}

async function read(name: string): Promise<Host> {
  const host = await readSource(join(HOSTS, name, 'snapshot.tar.gz'), 'full', UNWATCHED, {
    assetsDir: '',
    isInteractive: false,
  });
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

function groupsAfter(host: Host, ...words: readonly string[]): string[] {
  return partition(predict(host, ...words).grouping.groups.map(({ members }) => members));
}

/** The version that the engine takes a host's kernel for. */
function kernelOf(host: Host): string {
  const { kernel } = makeContext(host);
  if (kernel === undefined) throw new Error('The source does not name its kernel');
  return versionName(kernel);
}

const names = readdirSync(HOSTS);

/**
 * Two kernels on one topology. Before 7.0 a virtio IOMMU gives a group only to functions that have
 * a driver; which have one is no rule of grouping.
 */
const kernelPairs = names.flatMap((before) =>
  names
    .filter((after) => after !== before && withoutKernel(after) === withoutKernel(before))
    .filter(() => !before.includes('virtio'))
    .filter((after) => expected(after).groups.length > 0)
    .map((after) => [before, after] as const),
);

function withoutKernel(name: string): string {
  return name.replace(/-k\d+\.\d+/, '');
}

describe('another kernel gives the groups that it was recorded with', () => {
  it('many pairs are recorded', () => {
    expect(kernelPairs.length).toBeGreaterThan(80);
  });

  it.each(kernelPairs)('%s becomes %s', async (before, after) => {
    const recorded = await read(after);
    expect(groupsAfter(await read(before), `kernel=${kernelOf(recorded)}`)).toEqual(
      partition(expected(after).groups),
    );
  });
});

describe('the IOMMU switched on gives the groups that a kernel with it on recorded', () => {
  it.each([
    ['n-intel-off-k6.1', 'n-intel-default-k6.1'],
    ['n-intel-off-k7.2', 'n-intel-default-k7.2'],
    ['n-iommu-off-k6.1', 'n-intel-pt-k6.1'],
    ['n-iommu-off-k7.2', 'n-intel-pt-k7.2'],
  ])('%s becomes %s', async (before, after) => {
    expect(groupsAfter(await read(before), 'iommu=on')).toEqual(partition(expected(after).groups));
  });
});

describe('ACS switched on or off gives the groups of the host that has it so', () => {
  it.each([
    ['n-intel-default-k7.2', 'acs=00:04.0:off', 'n-config-acs-k7.2'],
    ['n-config-acs-k7.2', 'acs=00:04.0:on', 'n-intel-default-k7.2'],
    ['n-intel-off-k7.2', 'acs=00:04.0:off', 'n-config-acs-k7.2'],
  ])('%s with %s becomes %s', async (before, word, after) => {
    expect(groupsAfter(await read(before), word)).toEqual(partition(expected(after).groups));
  });
});

describe('virtual functions appear where the kernel put them, in the groups that it formed', () => {
  const virtual = new Set(['s004', 's027', 's028', 's030', 's036', 's040', 's044', 's046', 's053']);
  const hosts = names.filter((name) => virtual.has(name.slice(0, 4)));

  it.each(hosts)('%s', async (name) => {
    const recorded = await read(name);
    const vfs = recorded.functions.filter(({ physicalFunction }) => physicalFunction);
    expect(vfs.length).toBeGreaterThan(0);
    const counts = Map.groupBy(vfs, ({ physicalFunction }) => physicalFunction);
    const before: Host = {
      ...recorded,
      functions: recorded.functions.filter(({ physicalFunction }) => !physicalFunction),
    };
    const words = [...counts].map(([pf, of]) => `vfs=${pf ?? ''}:${of.length}`);
    const { groups } = expected(name);
    // Where the IOMMU was off the kernel formed none: then the rules speak of the recorded VFs.
    const recordedGroups = groups.length > 0 ? partition(groups) : groupsAfter(recorded);
    expect(groupsAfter(before, ...words)).toEqual(recordedGroups);
    const none = [...counts.keys()].map((pf) => `vfs=${pf ?? ''}:0`);
    expect(predict(recorded, ...none).host.functions).toEqual(before.functions);
  });
});

describe('cards of recorded hosts move to every empty port, and back to where they were', () => {
  const withEmptyPorts = /^(real-0[27]|s018-k6.1-|s027-k6.1-|s034|s039-k6.12|s040-k7|s053-k7)/;

  it.each(names.filter((name) => withEmptyPorts.test(name)))('%s', async (name) => {
    const host = await read(name);
    const plain = groupsAfter(host);
    const moves = movesOf(host);
    expect(moves.length).toBeGreaterThan(0);
    for (const { card, home, target } of moves) {
      const there = predict(host, `move=${card}:${target}`);
      const moved = [...there.origins].find(([, origin]) => origin === card)?.[0];
      const parent = there.host.functions.find(({ bdf }) => bdf === moved)?.parent;
      expect(parent && there.origins.get(parent)).toBe(target);
      expect(new Set(there.host.functions.map(({ bdf }) => bdf)).size).toBe(host.functions.length);
      const back = predict(host, `move=${card}:${target}`, `move=${card}:${home}`);
      expect(back.host.functions.map(({ bdf }) => bdf)).toEqual(
        host.functions.map(({ bdf }) => bdf),
      );
      expect(partition(back.grouping.groups.map(({ members }) => members))).toEqual(plain);
    }
  });
});

/** Each card below a root or downstream port, with each such port that is empty. */
function movesOf(host: Host) {
  const { functions } = host;
  const ports = functions.filter((fn) => sideBelow(fn) === 'link');
  const empty = ports.filter(({ bdf }) => functions.every(({ parent }) => parent !== bdf));
  return ports.flatMap(({ bdf: home }) => {
    const card = functions.find(({ parent }) => parent === home)?.bdf;
    const inside = subtreeOf(functions, home);
    const targets = card === undefined ? [] : empty.filter(({ bdf }) => !inside.has(bdf));
    return targets.map(({ bdf: target }) => ({ card, home, target }));
  });
}
