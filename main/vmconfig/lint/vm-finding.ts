import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import type { EngineContext } from '../../engine/context.ts';

/** Looks for one kind of mistake in a machine by itself. */
export type VmRule = (vm: PlacedVm) => readonly VmFinding[];

/** Looks for one kind of mistake in a machine on a host. */
export type HostRule = (vm: PlacedVm, context: EngineContext) => readonly VmFinding[];

/** One finding; the words are full sentences. */
export function vmFinding(
  code: string,
  severity: VmFinding['severity'],
  words: Pick<VmFinding, 'path' | 'text' | 'remedy'>,
): VmFinding {
  return { code, severity, ...words };
}

/** Indexes of entries whose key was there before. */
export function repeated<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): readonly number[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (key === undefined) return [];
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? [index] : [];
  });
}
