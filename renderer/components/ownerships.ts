import type { OwnershipWord } from '../../shared/view.ts';

interface OwnershipLook {
  readonly word: string;
  readonly means: string;
}

/** Who owns a group, in words. */
export const OWNERSHIPS: Readonly<Record<OwnershipWord, OwnershipLook>> = {
  host: { word: 'host drivers', means: "The host's drivers use the group." },
  mixed: {
    word: 'mixed drivers',
    means: 'Some members belong to vfio-pci, some to drivers of the host.',
  },
  claimed: { word: 'held for a VM', means: 'The group belongs to vfio-pci and waits for a VM.' },
  'in-use': { word: 'in use by a VM', means: 'A running VM holds the group.' },
  unbound: { word: 'no driver', means: 'No driver holds any member of the group.' },
  unknown: {
    word: 'drivers not known',
    means: 'The source does not tell which drivers hold its members.',
  },
};
