import type { ComparedGroups } from '../../../shared/compare-report.ts';

/** What became of groups, in words. */
export const GROUP_CHANGES: Readonly<Record<ComparedGroups['kind'], string>> = {
  splits: 'A group splits',
  merges: 'Groups merge',
  regroups: 'Functions change their group',
  grows: 'A group grows',
  shrinks: 'A group shrinks',
  appears: 'A group appears',
  disappears: 'A group disappears',
};
