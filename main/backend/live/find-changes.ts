import { isUnreadable, type Fact } from '../../../shared/fact.ts';
import type { HostChange } from '../../../shared/host-change.ts';
import type { Binding, Bindings } from '../../host/read-bindings.ts';

/**
 * What is different between a reading and now, in the order of addresses. What either of them
 * could not read has not changed.
 */
export function findChanges(before: Bindings, now: Bindings): readonly HostChange[] {
  const changes: HostChange[] = [];
  for (const [bdf, binding] of now) {
    const old = before.get(bdf);
    if (old !== undefined) changes.push(...changesOf(bdf, old, binding));
    else changes.push({ kind: 'appeared', bdf, ...named('driver', binding.driver) });
  }
  for (const bdf of before.keys()) if (!now.has(bdf)) changes.push({ kind: 'vanished', bdf });
  return changes.sort((one, other) => (one.bdf < other.bdf ? -1 : one.bdf > other.bdf ? 1 : 0));
}

function changesOf(bdf: string, before: Binding, now: Binding): HostChange[] {
  return [
    ...(differs(before.driver, now.driver)
      ? [{ kind: 'driver' as const, bdf, ...sides(before.driver, now.driver) }]
      : []),
    ...(differs(before.groupId, now.groupId)
      ? [{ kind: 'group' as const, bdf, ...sides(before.groupId, now.groupId) }]
      : []),
  ];
}

function differs(before: Fact<string>, now: Fact<string>): boolean {
  return !isUnreadable(before) && !isUnreadable(now) && before !== now;
}

function sides(before: Fact<string>, now: Fact<string>) {
  return { ...named('from', before), ...named('to', now) };
}

function named<Key extends string>(key: Key, fact: Fact<string>): { [K in Key]?: string } {
  const entry = typeof fact === 'string' ? { [key]: fact } : {};
  return entry as { [K in Key]?: string };
}
