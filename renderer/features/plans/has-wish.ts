import type { PlanDraft } from './plans-slice.ts';

/** Whether a draft asks for anything: functions, or kernel arguments alone. */
export function hasWish({ addresses, time, arguments: words }: PlanDraft): boolean {
  return addresses.length > 0 || (time === 'boot' && words.length > 0);
}
