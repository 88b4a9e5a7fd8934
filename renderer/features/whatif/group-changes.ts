import type { GroupChangeView } from '../../../shared/whatif-report.ts';
import { counted } from '../../components/counted.ts';

/** What happens to groups, in words; takes how many there are before and after. */
export const GROUP_CHANGES: Readonly<
  Record<GroupChangeView['kind'], (before: number, after: number) => string>
> = {
  splits: (_before, after) => `One group splits into ${after}`,
  merges: (before) => `${before} groups merge into one`,
  regroups: (before, after) => `Functions change places: ${before} groups become ${after}`,
  grows: () => 'A group grows',
  shrinks: () => 'A group shrinks',
  appears: (_before, after) => `${counted(after, 'group')} appear${after === 1 ? 's' : ''}`,
  disappears: (before) => `${counted(before, 'group')} disappear${before === 1 ? 's' : ''}`,
};
