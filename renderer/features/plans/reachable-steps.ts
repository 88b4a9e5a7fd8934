import type { PlanDraft, WizardStep } from './plans-slice.ts';

/** The steps that a person can go to: each needs what the ones before it settle. */
export function reachableSteps({ addresses, answer, receipt }: PlanDraft): ReadonlySet<WizardStep> {
  const hasPlan = answer?.kind === 'plan';
  return new Set<WizardStep>([
    'choose',
    ...(addresses.length > 0 ? (['understand'] as const) : []),
    // What stands against a time of binding is settled where the time is.
    ...(hasPlan || isAboutBoot(answer) ? (['decide'] as const) : []),
    ...(hasPlan ? (['review', 'apply'] as const) : []),
    ...(receipt === undefined ? [] : (['confirm'] as const)),
  ]);
}

/** Whether nothing but the next boot stands against a plan. */
export function isAboutBoot(answer: PlanDraft['answer']): boolean {
  return (
    answer?.kind === 'refused' &&
    answer.refusal.reasons.every(
      ({ code, choices }) => choices !== undefined || BOOT_REASONS.has(code),
    )
  );
}

/** Of `main/backend/plan-next-boot.ts`; those that a choice takes away bring their choices. */
const BOOT_REASONS: ReadonlySet<string> = new Set([
  'boot-not-read',
  'unreadable-file',
  'ids-not-unique',
  'unsupported',
]);
