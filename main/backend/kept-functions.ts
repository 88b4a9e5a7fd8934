import { parseBdf, type Bdf } from '../../shared/bdf.ts';
import type { BootFacts } from '../../shared/boot-facts.ts';
import { findText } from '../binding/boot/boot-files.ts';
import type { BootFunction } from '../binding/boot/boot-plan.ts';
import { findTwins } from '../binding/plan/explain-ids.ts';
import { identifyCard } from '../binding/plan/identify-card.ts';
import { findTarget } from '../binding/plan/step-words.ts';
import type { EngineContext } from '../engine/context.ts';

/** Functions that an earlier plan has bound at boot, and what became of the others. */
export interface KeptFunctions {
  readonly functions: readonly BootFunction[];
  readonly notes: readonly string[];
}

export const NOTHING_KEPT: KeptFunctions = { functions: [], notes: [] };

/**
 * The list is written whole: what stands in it and does not move now has to be written again. Lines
 * for a card that is no longer there fall out, because the helper would not accept them.
 */
export function keptFunctions(
  facts: BootFacts,
  moving: readonly Bdf[],
  context: EngineContext,
): KeptFunctions {
  const functions: BootFunction[] = [];
  const notes: string[] = [];
  for (const line of (findText(facts, 'etc/airlock/bind.list') ?? '').split('\n')) {
    const [address = '', ids = '', ...rest] = line.split(' ');
    const bdf = parseBdf(address);
    if (bdf === undefined || moving.includes(bdf)) continue;
    const node = context.topology.find(bdf);
    const card = node && identifyCard(node.fn).card;
    const to = findTarget(rest.at(-1));
    if (card?.ids === ids && to !== undefined) {
      functions.push({ card, to, hasUniqueIds: findTwins(bdf, moving, context).length === 0 });
      notes.push(`${bdf} is on the list for the boot from an earlier plan, and stays there.`);
    } else {
      notes.push(
        `${bdf} was on the list for the boot, and that card is not there now: it falls out.`,
      );
    }
  }
  return { functions, notes };
}
