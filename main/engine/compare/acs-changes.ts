import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, type Fact } from '../../../shared/fact.ts';
import type { AcsCapability, PciFunction } from '../../../shared/host.ts';
import { hex } from '../words.ts';
import type { FunctionPair, FunctionPairs } from './pair-functions.ts';

/** ACS registers of one function that differ between two hosts. */
export interface AcsChange {
  readonly pair: FunctionPair;
  readonly before: AcsCapability | undefined;
  readonly after: AcsCapability | undefined;
  /** Whether what it offers differs, beside what is switched on. */
  readonly isOffer: boolean;
}

/** Functions whose ACS was read in both hosts and differs; a replaced device has its own. */
export function findAcsChanges({ pairs }: FunctionPairs): readonly AcsChange[] {
  return pairs.flatMap((pair) => {
    if (pair.kind === 'replaced') return [];
    const [before, after] = [acsOf(pair.before), acsOf(pair.after)];
    if (isUnreadable(before) || isUnreadable(after)) return [];
    const isOffer = before?.capability !== after?.capability;
    const isSame =
      before?.control === after?.control && before?.controlDwordAt8 === after?.controlDwordAt8;
    return isSame && !isOffer ? [] : [{ pair, before, after, isOffer }];
  });
}

/** `00:1c.0: ACS 0x000f, control 0x001d at 0x146; then none`. */
export function describeAcs({ pair, before, after }: AcsChange): string {
  return `${shortBdf(pair.before.bdf)}: ${describe(before)}, then ${describe(after)}`;
}

function describe(acs: AcsCapability | undefined): string {
  return acs === undefined
    ? 'no ACS'
    : `ACS ${hex(acs.capability, 4)} with control ${hex(acs.control, 4)} at ${hex(acs.offset + 6, 3)}`;
}

function acsOf({ config }: PciFunction): Fact<AcsCapability> {
  return config === undefined || isUnreadable(config) ? config : config.acs;
}
