import { compareBdf, type Bdf } from '../../shared/bdf.ts';

/** Groups without their numbers: each sorted, in the order of their first members. */
export type Partition = readonly (readonly string[])[];

export function partitionOf(groups: readonly { readonly members: readonly string[] }[]): Partition {
  const sorted = groups.map(({ members }) => [...members].sort(byAddress));
  return sorted.sort((one, other) => byAddress(one[0] ?? '', other[0] ?? ''));
}

/** Lines `NUMBER DEVICE`, as the guest prints them. */
export function parseGroupLines(text: string): Partition {
  const groups = new Map<string, string[]>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [number = '', device = ''] = line.split(' ');
    groups.set(number, [...(groups.get(number) ?? []), device]);
  }
  return partitionOf([...groups.values()].map((members) => ({ members })));
}

export function isSamePartition(one: Partition, other: Partition): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function byAddress(one: string, other: string): number {
  return compareBdf(one as Bdf, other as Bdf);
}
