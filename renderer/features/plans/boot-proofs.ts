import type { NextBoot } from '../../../shared/plan.ts';

interface ProofLook {
  readonly word: string;
  readonly tone: 'ready' | 'companions' | 'risky';
  readonly means: string;
}

/** How far what is written for a boot stack was tried. */
export const BOOT_PROOFS: Readonly<Record<NextBoot['proof'], ProofLook>> = {
  booted: {
    word: 'Booted',
    tone: 'ready',
    means: 'Machines were booted with what is written for this stack.',
  },
  built: {
    word: 'Image built',
    tone: 'companions',
    means: 'An image was built from what is written for this stack, but none was booted.',
  },
  linted: {
    word: 'Read by its tools',
    tone: 'risky',
    means: 'The tools of this stack read what is written, but nothing was built or booted.',
  },
  'read only': {
    word: 'Unproven',
    tone: 'risky',
    means: 'What is written for this stack was never run: read it with care before you go on.',
  },
};
