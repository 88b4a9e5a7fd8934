import type { Unreadable } from './fact.ts';

/**
 * The files that show how a host boots: which program builds its initramfs, which boot loader
 * starts it, where kernel arguments are kept.
 */
export interface BootFacts {
  /** By path below the root, without a slash at the beginning. What has no entry is absent. */
  readonly files: Readonly<Record<string, BootEntry>>;
  /**
   * Whether a path without an entry is absent on the host, too. False for trees that somebody
   * else made: nothing is concluded from what they lack.
   */
  readonly isComplete: boolean;
  /** Whether texts are those of the host, byte for byte. Most snapshots have replaced names in them. */
  readonly isExact: boolean;
}

export type BootEntry =
  /** The whole text of a file; of an EFI variable its text, decoded. */
  | { readonly state: 'text'; readonly text: string }
  | { readonly state: 'link'; readonly target: string }
  /** Something is there: a program, a folder. It was not read. */
  | { readonly state: 'present' }
  | Unreadable;
