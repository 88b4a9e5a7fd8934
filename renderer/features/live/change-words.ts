import type { HostChange } from '../../../shared/host-change.ts';
import { assertNever } from '../../../shared/result.ts';

/** What happened to a function, after its address. */
export function changeWords(change: HostChange): string {
  switch (change.kind) {
    case 'appeared':
      return change.driver === undefined ? 'appeared' : `appeared, driven by ${change.driver}`;
    case 'vanished':
      return 'went away';
    case 'driver':
      return moveWords('driver', change);
    case 'group':
      return moveWords('group', change);
    default:
      return assertNever(change);
  }
}

interface Move {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function moveWords(what: 'driver' | 'group', { from, to }: Move): string {
  const name = (value: string) => (what === 'group' ? `group ${value}` : value);
  if (from === undefined) return to === undefined ? `lost its ${what}` : `went to ${name(to)}`;
  return to === undefined ? `left ${name(from)}` : `went from ${name(from)} to ${name(to)}`;
}
