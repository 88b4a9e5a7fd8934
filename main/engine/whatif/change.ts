import type { Bdf } from '../../../shared/bdf.ts';
import type { KernelVersion } from '../../quirks/kernel-version.ts';
import type { AcsOverride } from '../acs-override.ts';

/**
 * One supposed change to a host. An address names the function that has it in the source; where the
 * source has none, the function that an earlier change put there.
 */
export type Change =
  | { readonly kind: 'acs-override'; readonly word: string; readonly override: AcsOverride }
  | { readonly kind: 'acs'; readonly word: string; readonly bdf: Bdf; readonly isOn: boolean }
  | { readonly kind: 'kernel'; readonly word: string; readonly version: KernelVersion }
  | { readonly kind: 'iommu'; readonly word: string }
  | { readonly kind: 'vfs'; readonly word: string; readonly bdf: Bdf; readonly count: number }
  | { readonly kind: 'move'; readonly word: string; readonly bdf: Bdf; readonly port: Bdf }
  | {
      readonly kind: 'behind-switch';
      readonly word: string;
      readonly bdf: Bdf;
      /** Whether the downstream port of the supposed switch isolates. */
      readonly hasAcs: boolean;
    };

/**
 * Why a change has no answer: the word says nothing that is known, it names a function that the
 * host does not have, or the host cannot be changed so.
 */
export type ChangeErrorCode = 'bad-change' | 'unknown-function' | 'impossible-change';
