import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../../main/backend/job-list.ts';
import { readHostFrom } from '../../../main/backend/read-source.ts';
import { computeGrouping } from '../../../main/engine/compute-grouping.ts';
import { NO_KNOWLEDGE, type AcsKnowledge } from '../../../main/quirks/acs-knowledge.ts';
import { isUnreadable, unreadable } from '../../../shared/fact.ts';
import type { Host } from '../../../shared/host.ts';
import { draws, topologyOf } from '../../support/draw-topology.ts';
import { makeHost } from '../../support/host-notation.ts';

const ROOT = join(import.meta.dirname, '../../..');
const HOSTS = join(ROOT, 'test/fixtures/hosts');
const SAMPLES = join(ROOT, 'assets/samples');
const RECORDED: readonly string[] = [
  ...readdirSync(HOSTS).map((name) => join(HOSTS, name, 'snapshot.tar.gz')),
  ...readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.tar.gz'))
    .map((name) => join(SAMPLES, name)),
];

/** Has an answer for everything, and always the same. */
function claims(isIsolated: boolean): AcsKnowledge {
  return {
    ask: () => ({ isIsolated, by: 'ids', ids: ['1234:5678'], boards: ['A'], isLearned: false }),
  };
}
const LIARS = [claims(true), claims(false)];

function isReadInFull({ functions }: Host): boolean {
  return functions.every(
    ({ config }) => config !== undefined && !isUnreadable(config) && !isUnreadable(config.acs),
  );
}

describe('laws of what is known by ids', () => {
  it('GR-17: it changes nothing on any recorded host whose configuration space was read', async () => {
    let compared = 0;
    for (const path of RECORDED) {
      const host = await readHostFrom(path, 'grouping', UNWATCHED);
      if (!host.ok) throw new Error(host.error.message);
      if (!isReadInFull(host.value)) continue;
      compared++;
      const plain = computeGrouping(host.value, { knowledge: NO_KNOWLEDGE });
      expect(computeGrouping(host.value)).toEqual(plain);
      for (const knowledge of LIARS) {
        expect(computeGrouping(host.value, { knowledge })).toEqual(plain);
      }
    }
    expect(compared).toBeGreaterThan(RECORDED.length * 0.9);
  });

  it('GR-17: it changes nothing on any machine whose configuration space was read', () => {
    fc.assert(
      fc.property(draws, fc.boolean(), (drawn, claim) => {
        const host = makeHost({ functions: topologyOf(drawn) });
        expect(computeGrouping(host, { knowledge: claims(claim) })).toEqual(
          computeGrouping(host, { knowledge: NO_KNOWLEDGE }),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('GR-17: a group that rests on it is likely, never certain', () => {
    fc.assert(
      fc.property(draws, fc.boolean(), (drawn, claim) => {
        const functions = topologyOf(drawn).map((fn) => ({
          ...fn,
          ids: [0x1234, 0x5678] as const,
          config: unreadable('NOT_RECORDED'),
        }));
        const host = makeHost({ functions });
        const { groups } = computeGrouping(host, { knowledge: claims(claim) });
        for (const { because, confidence } of groups) {
          expect(confidence).not.toBe(because.length > 0 ? 'certain' : 'likely');
        }
        const told = groups.filter(({ because }) =>
          because.some(({ code }) => code === 'acs-by-ids'),
        );
        expect(told.every(({ confidence }) => confidence !== 'certain')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
