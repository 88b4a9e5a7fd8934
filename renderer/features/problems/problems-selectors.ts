import { createSelector } from '@reduxjs/toolkit';
import { selectHost } from '../hosts/hosts-selectors.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';

/** Doubts that one command would settle. */
export interface MissingFact {
  /** `undefined` where no command is known. */
  readonly command: string | undefined;
  readonly texts: readonly string[];
  /** Functions concerned, without repetition. */
  readonly members: readonly string[];
}

/** One fact that could not be read, with the functions that lack it. */
export interface UnreadFact {
  readonly text: string;
  readonly members: readonly string[];
}

/** What the prediction misses, one entry for each command that supplies it. */
export const selectMissingFacts = createSelector([selectHost], (host) => {
  const byCommand = new Map<string, { texts: Set<string>; members: Set<string> }>();
  for (const doubt of doubtsOf(host)) {
    const key = doubt.command ?? '';
    const entry = byCommand.get(key) ?? { texts: new Set(), members: new Set() };
    byCommand.set(key, entry);
    entry.texts.add(doubt.text);
    if (doubt.bdf !== undefined) entry.members.add(doubt.bdf);
  }
  return [...byCommand].map(([command, { texts, members }]): MissingFact => ({
    command: command === '' ? undefined : command,
    texts: [...texts],
    members: [...members].sort(),
  }));
});

/** Unreadable facts of functions, gathered by fact. */
export const selectUnreadFacts = createSelector([selectHost], (host): readonly UnreadFact[] => {
  const byText = new Map<string, string[]>();
  for (const id of host?.functionIds ?? []) {
    for (const text of host?.functions[id]?.unread ?? []) {
      const members = byText.get(text);
      if (members === undefined) byText.set(text, [id]);
      else members.push(id);
    }
  }
  return [...byText].map(([text, members]) => ({ text, members }));
});

function doubtsOf(host: HostRecord | undefined) {
  return host?.groupIds.flatMap((id) => host.groups[id]?.because ?? []) ?? [];
}
