import type { GroupChangeView } from './whatif-report.ts';

/** What happened to groups, for people. */
export const GROUP_CHANGE_WORDS: Readonly<Record<GroupChangeView['kind'], string>> = {
  splits: 'A group splits',
  merges: 'Groups merge',
  regroups: 'Functions change their group',
  grows: 'A group grows',
  shrinks: 'A group shrinks',
  appears: 'A group appears',
  disappears: 'A group disappears',
};
