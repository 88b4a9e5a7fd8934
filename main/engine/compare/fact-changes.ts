import { isUnreadable, type Fact } from '../../../shared/fact.ts';
import type { Host } from '../../../shared/host.ts';
import type { BoardFacts } from '../../../shared/machine.ts';
import { detectIommu } from '../iommu-state.ts';

/** Something about the host as a whole. */
export type HostFactName = 'product' | 'board' | 'bios' | 'os' | 'kernel' | 'iommu';

/** A fact that both sources tell, and tell differently; absent is one of the answers. */
export interface FactChange {
  readonly name: HostFactName;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface FactChanges {
  readonly changes: readonly FactChange[];
  /** Names of what one of the two does not tell. */
  readonly notCompared: readonly HostFactName[];
}

/** Compares what is said of the hosts as a whole. */
export function compareFacts(before: Host, after: Host): FactChanges {
  const rows = FACTS.map(({ name, read }) => ({
    name,
    before: read(before),
    after: read(after),
  }));
  const isKnown = ({ before, after }: (typeof rows)[number]) =>
    !isUnreadable(before) && !isUnreadable(after);
  return {
    changes: rows
      .filter((row) => isKnown(row) && row.before !== row.after)
      .map((row) => row as FactChange),
    notCompared: rows.filter((row) => !isKnown(row)).map(({ name }) => name),
  };
}

interface FactRow {
  readonly name: HostFactName;
  readonly read: (host: Host) => Fact<string>;
}

const NOT_READ = { state: 'unreadable', errno: 'NOT_RECORDED' } as const;

const FACTS: readonly FactRow[] = [
  { name: 'product', read: (host) => ofBoard(host, 'productName') },
  { name: 'board', read: (host) => ofBoard(host, 'boardName') },
  { name: 'bios', read: (host) => ofBoard(host, 'biosVersion') },
  { name: 'os', read: ({ machine }) => (machine === undefined ? NOT_READ : machine.osName) },
  { name: 'kernel', read: ({ kernelRelease }) => kernelRelease },
  { name: 'iommu', read: iommuWords },
];

function ofBoard({ machine }: Host, field: keyof BoardFacts): Fact<string> {
  return machine === undefined ? NOT_READ : machine.board[field];
}

function iommuWords(host: Host): Fact<string> {
  const { provider, state } = detectIommu(host);
  return state === 'unseen' ? NOT_READ : `${provider} ${state}`;
}
