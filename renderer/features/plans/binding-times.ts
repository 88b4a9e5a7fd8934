import type { BindingTime } from './plans-slice.ts';

interface TimeWords {
  readonly word: string;
  readonly text: string;
}

/** When functions can be bound, and what each way means. */
export const BINDING_TIMES: Readonly<Record<BindingTime, TimeWords>> = {
  now: {
    word: 'Now, until the next boot',
    text: 'To try it out. No file of the host changes, and a restart ends it in any case. A driver that does not let go of a device can make it fail.',
  },
  boot: {
    word: 'At every boot, from the next one on',
    text: 'For a device that the host never uses. Files of the host change and the boot image is built anew; no other driver touches the device.',
  },
  both: {
    word: 'Now, and at every boot',
    text: 'Bound now, and it stays so after a restart. Confirm it twice: now, and after the next boot.',
  },
};
