import { isUnreadable, unreadable, type Fact, type Unreadable } from '../../shared/fact.ts';
import type {
  AcsCapability,
  BridgeNumbers,
  ConfigSpace,
  PcieCapability,
  PortType,
  SriovCapability,
} from '../../shared/host.ts';
import { parseConfigSpace } from '../pci/parse-config-space.ts';
import type { AcsText, CapabilityText, SriovText } from './lspci/capability-text.ts';

/** What is known of the configuration space of one function. */
export interface ConfigInput {
  readonly bytes: Uint8Array | undefined;
  readonly text: CapabilityText | undefined;
  readonly bridge: BridgeNumbers | undefined;
  readonly headerType: number | undefined;
  readonly portType: PortType | 'conventional' | undefined;
  /** Other functions lie in the slot: then the bit for that is set. */
  readonly hasSiblings: boolean;
  readonly readsRcba: boolean;
  /** Some function of the report shows capabilities above 0x100. */
  readonly showsExtended: boolean;
}

const NOT_RECORDED = unreadable('NOT_RECORDED');
const DENIED = unreadable('EACCES');
const CUT = unreadable('TRUNCATED');

/**
 * Puts the decoded configuration space together: bytes where there are some, for the rest the words
 * of lspci, for the rest that nothing is known.
 */
export function assembleConfig(input: ConfigInput): Fact<ConfigSpace> {
  const { bytes, readsRcba } = input;
  const decoded = bytes && parseConfigSpace(bytes, { readsRcba });
  const worded = configByWords(input);
  if (decoded === undefined || isUnreadable(decoded)) return worded ?? decoded ?? NOT_RECORDED;
  return worded === undefined ? decoded : fillIn(decoded, worded);
}

/** `lspci -vvx` as root: 64 bytes, and all capabilities in words. */
function fillIn(decoded: ConfigSpace, worded: ConfigSpace): ConfigSpace {
  const better = <T>(fact: Fact<T>, other: Fact<T>): Fact<T> =>
    isUnreadable(fact) && !isUnreadable(other) ? other : fact;
  return {
    ...decoded,
    pcie: better(decoded.pcie, worded.pcie),
    acs: better(decoded.acs, worded.acs),
    hasAri: better(decoded.hasAri, worded.hasAri),
    sriov: better(decoded.sriov, worded.sriov),
  };
}

function configByWords(input: ConfigInput): ConfigSpace | undefined {
  const { text, bridge, headerType, portType, readsRcba } = input;
  if (!text && !bridge && headerType === undefined && portType === undefined) return undefined;
  const pcie = pcieOf(text, portType);
  return {
    lengthBytes: 0,
    headerType: headerType ?? 0,
    hasMultifunctionBit: input.hasSiblings,
    bridge,
    pcie,
    ...extendedOf(input, pcie),
    ...(readsRcba ? { rcba: NOT_RECORDED } : {}),
  };
}

function pcieOf(
  text: CapabilityText | undefined,
  portType: PortType | 'conventional' | undefined,
): Fact<PcieCapability> {
  const { express } = text ?? {};
  if (express) {
    const { offset, hasFlr = NOT_RECORDED, forwardsAri = NOT_RECORDED } = express;
    return { offset, portType: express.portType, hasFlr, forwardsAri };
  }
  if (portType === 'conventional') return undefined;
  if (portType !== undefined) {
    return { offset: 0, portType, hasFlr: NOT_RECORDED, forwardsAri: NOT_RECORDED };
  }
  return missingIn(text, false);
}

type Extended = Pick<ConfigSpace, 'acs' | 'hasAri' | 'sriov'>;

function extendedOf({ text, showsExtended }: ConfigInput, pcie: Fact<PcieCapability>): Extended {
  // A conventional function has no extended capabilities.
  const isConventional = pcie === undefined;
  const missing = isConventional ? undefined : missingIn(text, !showsExtended);
  return {
    acs: text?.acs ? acsOf(text.acs) : missing,
    hasAri: text?.hasAri === true ? true : (missing ?? false),
    sriov: text?.sriov ? sriovOf(text.sriov) : missing,
  };
}

/**
 * What it means that lspci prints no such capability. Where it prints not one above 0x100 in the
 * whole report, it could not read these: an old kernel, or a dump of 256 bytes.
 */
function missingIn(
  text: CapabilityText | undefined,
  isOutOfReach: boolean,
): Unreadable | undefined {
  if (text === undefined || isOutOfReach) return text?.depth === 1 ? DENIED : NOT_RECORDED;
  if (text.depth === 1) return DENIED;
  return text.isCut ? CUT : undefined;
}

/** The text prints the word at +6; what Sunrise Point ports have at +8 it does not print. */
function acsOf({ offset, capability, control }: AcsText): Fact<AcsCapability> {
  if (capability === undefined || control === undefined) return NOT_RECORDED;
  return { offset, capability, control, controlDwordAt8: NOT_RECORDED };
}

function sriovOf(text: SriovText): Fact<SriovCapability> {
  const { isEnabled, totalVfs, numVfs, firstVfOffset, vfStride } = text;
  if (isEnabled === undefined || totalVfs === undefined || numVfs === undefined)
    return NOT_RECORDED;
  if (firstVfOffset === undefined || vfStride === undefined) return NOT_RECORDED;
  return { ...text, isEnabled, totalVfs, numVfs, firstVfOffset, vfStride };
}
