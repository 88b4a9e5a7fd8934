import { expect, it } from 'vitest';
import { killImports } from '../../../support/killed-imports/kill-imports.ts';

const KILLS = 12;

it(
  'a library whose importing process is killed at any moment is whole and lost nothing committed',
  { timeout: 10 * 60_000 },
  async () => {
    const { kills, committed, violations } = await killImports(KILLS);
    expect({ kills, violations }).toEqual({ kills: KILLS, violations: [] });
    // Every process had reported at least one import before it was killed.
    expect(committed).toBeGreaterThanOrEqual(KILLS);
  },
);
