interface ProblemWords {
  /** What went wrong, in a few words. */
  readonly title: string;
  /** What to do next. */
  readonly next: string;
}

const REPLAN = 'Read the host again and make the plan anew.';
const RELEASE =
  'End what uses it: a VM, a desktop session, a program. Then try again. Nothing has to be restarted for that.';
const ANOTHER_STATE = 'Somebody changed the host since. Look at what is bound now, then decide.';
const REPORT = 'This is a fault of the host or of Airlock: copy the text below for a report.';

/**
 * What each problem that the helper names means to a person. The sentence of the helper itself,
 * with values, stands below.
 *
 * @see assets/helper/STEPS.md, "Exit status and output"
 */
export const PROBLEM_WORDS: Readonly<Record<string, ProblemWords>> = {
  unreadable: { title: 'The plan could not be read', next: REPORT },
  malformed: { title: 'The plan breaks the grammar of steps', next: REPORT },
  'not-root': {
    title: 'The helper has no administrator rights',
    next: 'Start Airlock as root, or carry the plan out in a terminal.',
  },
  'no-state': {
    title: 'The helper has no place for its receipts',
    next: 'Make /var/lib writable for root; without a receipt nothing is ever changed.',
  },
  busy: {
    title: 'Another helper is at work',
    next: 'Wait until it has ended, then try again. Only one works at a time.',
  },
  unfinished: {
    title: 'An earlier run was not finished',
    next: 'Recover first: it gives back what that run still holds.',
  },
  'other-machine': { title: 'The plan is for another machine', next: REPLAN },
  rebooted: { title: 'The host was restarted since the plan was made', next: REPLAN },
  'other-kernel': { title: 'Another kernel runs than the plan was made for', next: REPLAN },
  'no-group': {
    title: 'The device is in no IOMMU group',
    next: 'Switch the IOMMU on in the firmware and the kernel, and restart.',
  },
  'stale-group': { title: 'The group has other members than before', next: REPLAN },
  gone: { title: 'The device is gone', next: 'Look whether it is plugged in, then rescan.' },
  moved: { title: 'Another card is at this address', next: REPLAN },
  'stale-driver': { title: 'Another driver holds the device than before', next: REPLAN },
  'stale-override': { title: 'Somebody set driver_override since', next: REPLAN },
  'stale-file': { title: 'A file changed since the plan was made', next: REPLAN },
  untrusted: {
    title: 'A folder on the way is not safe to write to',
    next: 'Give it to root, let nobody else write there, and try again.',
  },
  'no-target': {
    title: 'This kernel has no such driver of VFIO',
    next: 'Read the host again: the plan was made for another kernel.',
  },
  'no-constant': { title: 'A file of the helper is missing', next: 'Install Airlock again.' },
  'no-builder': {
    title: 'The builder of boot images is not installed',
    next: 'Install it, or choose another way to boot in the plan.',
  },
  'no-lasting-state': {
    title: 'Receipts would not survive a restart',
    next: 'Put /var/lib/airlock on a disk: a change of the boot needs its receipt afterwards.',
  },
  'in-use': { title: 'The device is in use', next: RELEASE },
  override: { title: 'driver_override could not be set', next: REPORT },
  unbind: { title: 'The driver does not let the device go', next: RELEASE },
  probe: {
    title: 'The new driver refused the device',
    next: 'The kernel log says why: run sudo dmesg | tail. The device went back to its old driver.',
  },
  module: {
    title: 'A kernel module could not be loaded',
    next: 'The kernel log says why: run sudo dmesg | tail. Look whether the kernel has vfio-pci.',
  },
  'not-viable': {
    title: 'A member of the group still has a driver of the host',
    next: 'That member has to go with the others: read the host again and make the plan anew.',
  },
  write: {
    title: 'A file could not be written',
    next: 'Look for room on the disk and for a read-only mount, then try again.',
  },
  rebuild: {
    title: 'The boot image could not be built',
    next: 'The log is named below. The files that were changed went back to what they were.',
  },
  interrupted: { title: 'It was stopped', next: 'What had been done was given back.' },
  changed: { title: 'Somebody bound it to another driver since', next: ANOTHER_STATE },
  lost: {
    title: 'The old driver does not take the device back',
    next: 'End what holds its group, then recover. If that does not help, restart the host: what was bound at run time ends with the boot.',
  },
  edited: {
    title: 'A file was changed by somebody else since',
    next: 'The difference is below. Put your change into a file of its own, restore this one, then undo again.',
  },
  later: { title: 'A later plan wrote the same file', next: 'Undo that receipt first.' },
  damaged: { title: 'The receipt is damaged', next: REPORT },
  'no-receipt': { title: 'The receipt is not there', next: 'Look at the list of receipts anew.' },
  'not-applied': {
    title: 'There is nothing to confirm any more',
    next: 'Its timer ended before, and everything was given back.',
  },
  'not-booted': {
    title: 'It can be confirmed after the next boot only',
    next: 'Restart the host. Until then nobody can know whether it works.',
  },
};

/** Words for a code of a newer helper as well. */
export function problemWords(code: string): ProblemWords {
  return PROBLEM_WORDS[code] ?? { title: 'The helper refused', next: REPORT };
}
