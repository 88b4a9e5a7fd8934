import type { EngineContext } from '../../main/engine/context.ts';
import { explainPlacement } from '../../main/engine/explain.ts';
import type { Grouping } from '../../shared/isolation.ts';
import type { Bdf } from '../../shared/bdf.ts';
import type { Partition } from './partition.ts';

/** Both partitions, with the engine's reasons for each member on which they disagree. */
export function sideBySide(
  kernel: Partition,
  predicted: Partition,
  context: EngineContext,
  grouping: Grouping,
): string {
  const lines = ['kernel:'];
  for (const group of onlyIn(kernel, predicted)) lines.push(`  { ${group.join(' ')} }`);
  lines.push('predicted:');
  for (const group of onlyIn(predicted, kernel)) {
    lines.push(`  { ${group.join(' ')} }`);
    for (const member of group) lines.push(...reasonLines(member, context, grouping));
  }
  return lines.join('\n');
}

function onlyIn(one: Partition, other: Partition): Partition {
  const known = new Set(other.map((group) => group.join()));
  return one.filter((group) => !known.has(group.join()));
}

/** The engine's own words, as the window shows them. */
function reasonLines(member: string, context: EngineContext, grouping: Grouping): string[] {
  const explained = explainPlacement(member as Bdf, context, grouping);
  return [`    ${explained?.summary ?? `${member}: no placement`}`];
}
