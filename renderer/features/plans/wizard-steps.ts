import type { WizardStep } from './plans-slice.ts';

interface StepWords {
  readonly word: string;
  readonly title: string;
  readonly lead: string;
}

/** What each step of the way is called, and what happens there. */
export const STEP_WORDS: Readonly<Record<WizardStep, StepWords>> = {
  choose: {
    word: 'Choose',
    title: 'Choose what a virtual machine gets',
    lead: 'Nothing is changed before the plan is reviewed.',
  },
  understand: {
    word: 'Understand',
    title: 'Understand what moves, and what this host loses',
    lead: 'A group moves whole. Bridges stay with their driver.',
  },
  decide: {
    word: 'Decide',
    title: 'Decide when',
    lead: 'A binding now ends with the next boot. One at boot is there before any other driver.',
  },
  review: {
    word: 'Review',
    title: 'Review every step',
    lead: 'This is all that happens, in this order. Each step has its way back.',
  },
  apply: {
    word: 'Apply',
    title: 'Carry it out',
    lead: 'Each step is compared with the host right before it acts. The first surprise gives everything back.',
  },
  confirm: {
    word: 'Confirm',
    title: 'Keep it, or take it back',
    lead: 'Look whether this host still has its screen, its network and its disks.',
  },
};
