import { parseChanges } from '../../main/engine/whatif/parse-change.ts';
import { predictAfter, type Prediction } from '../../main/engine/whatif/predict-after.ts';
import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { Host } from '../../shared/host.ts';
import type { IsolationGroup } from '../../shared/isolation.ts';

/** Predicts after changes as they are typed; a change without an answer fails the test. */
export function predict(host: Host, ...words: readonly string[]): Prediction {
  const changes = parseChanges(words);
  if (!changes.ok) throw new Error(changes.error.message);
  const prediction = predictAfter(host, changes.value);
  if (!prediction.ok) throw new Error(prediction.error.message);
  return prediction.value;
}

/** Why changes have no answer. */
export function refusal(host: Host, ...words: readonly string[]): string {
  const changes = parseChanges(words);
  const prediction = changes.ok ? predictAfter(host, changes.value) : changes;
  if (prediction.ok) throw new Error('The changes have an answer');
  return `${prediction.error.code}: ${prediction.error.message}`;
}

/** One line for each group: `01:00.0 01:00.1 (likely)`; certain ones without a word. */
export function groupLines(groups: readonly IsolationGroup[]): string[] {
  return groups.map(({ members, confidence }) => {
    const sure = confidence === 'certain' ? '' : ` (${confidence})`;
    return `${members.map(shortBdf).join(' ')}${sure}`;
  });
}

/** The partition by the addresses of the source: what stays equal when addresses change. */
export function partitionOf({ grouping, origins }: Prediction): string[] {
  const name = (bdf: Bdf) => origins.get(bdf) ?? `new ${bdf}`;
  return partition(grouping.groups.map(({ members }) => members.map(name)));
}

/** A partition in one form: members and groups sorted. */
export function partition(groups: readonly (readonly string[])[]): string[] {
  return groups.map((members) => [...members].sort().join(' ')).sort();
}
