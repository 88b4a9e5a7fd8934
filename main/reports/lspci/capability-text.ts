import type { PortType, SriovCapability } from '../../../shared/host.ts';

/**
 * What the words of lspci say about the capabilities of one function. The type mirrors the depth of
 * the listing: `-v` names capabilities, `-vv` prints their registers, and without root both show
 * `<access denied>`.
 */
export interface CapabilityText {
  /** 1 where the list was refused, 2 for names (`-v`), 3 with registers (`-vv`). */
  readonly depth: 1 | 2 | 3;
  /** The text ends within this function: what is not there may have been cut off. */
  readonly isCut: boolean;
  /** A capability at 0x100 or above is listed. */
  readonly hasExtended: boolean;
  readonly express: ExpressText | undefined;
  readonly acs: AcsText | undefined;
  readonly hasAri: boolean;
  readonly sriov: SriovText | undefined;
}

export interface ExpressText {
  readonly offset: number;
  readonly portType: PortType;
  /** `undefined` where the registers are not printed. */
  readonly hasFlr: boolean | undefined;
  readonly forwardsAri: boolean | undefined;
}

export interface AcsText {
  readonly offset: number;
  readonly capability: number | undefined;
  readonly control: number | undefined;
}

export type SriovText = Partial<SriovCapability> & Pick<SriovCapability, 'offset'>;
