import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known, unreadable, type Fact, type Unreadable } from '../../shared/fact.ts';
import type { ConfigSpace, PciFunction } from '../../shared/host.ts';
import { parseConfigSpace } from '../pci/parse-config-space.ts';
import { joinIds, parseIdentity, type Identity } from '../pci/parse-identity.ts';
import { exactBdf } from './device-path.ts';
import type { Location } from './locate-function.ts';
import type { ProblemList } from './problem-list.ts';
import { readLinkName, readNumber } from './read-text.ts';
import { missingFact, type Source, type SourceError } from './source.ts';

const MAX_ID = 0xffff;
const MAX_CLASS = 0xffffff;

/** What the reading of functions has in common. */
export interface FunctionContext {
  readonly source: Source;
  readonly problems: ProblemList;
  /**
   * What a missing `iommu_group` or `iommu` link means: nothing, where the source shows groups
   * and units at all, otherwise that it does not record them.
   */
  readonly missingGroup: Unreadable | undefined;
  readonly missingUnit: Unreadable | undefined;
  /** False where the kernel has not a single group: then no function has a link to one. */
  readonly hasGroups: boolean;
  /** The functions read so far; a PF comes before its VFs. */
  readonly functions: ReadonlyMap<Bdf, PciFunction>;
}

/**
 * Reads what grouping needs to know of one function, with as few system calls as will do.
 *
 * @returns `undefined` when the function has gone away since it was listed.
 */
export function readFunction(
  context: FunctionContext,
  bdf: Bdf,
  location: Location,
): PciFunction | undefined {
  const { source } = context;
  const { path, place } = location;
  const isOnRootBus = place !== undefined && place.parent === undefined;
  const header = readConfig(context, path, isOnRootBus && bdf.endsWith(':1f.0'));
  if (source.info.kind === 'live' && !header.identity && isGone(source, path)) return undefined;
  const physicalFunction = readPhysicalFunction(source, path);
  return {
    bdf,
    rootBus: place?.rootBus ?? bdf.slice(0, -5),
    parent: place?.parent,
    vmdEndpoint: place?.vmdEndpoint,
    ...readIds(context, path, header.identity, physicalFunction),
    config: header.config,
    physicalFunction,
    iommuUnit: readMembership(context, `${path}/iommu`, context.missingUnit),
    iommuGroupId: readMembership(context, `${path}/iommu_group`, context.missingGroup),
    ...(place ? {} : { inferred: ['topology'] as const }),
  };
}

/** Without a single group no function has such links, and each failed look costs. */
function readMembership(
  context: FunctionContext,
  path: string,
  missing: Unreadable | undefined,
): Fact<string> {
  return context.hasGroups ? readLinkName(context.source, path, missing) : missing;
}

interface Header {
  readonly config: Fact<ConfigSpace>;
  readonly identity: Identity | undefined;
}

function readConfig(context: FunctionContext, path: string, readsRcba: boolean): Header {
  const content = context.source.read(`${path}/config`);
  if (!content.ok) return configError(context, path, content.error);
  const config = parseConfigSpace(content.value, { readsRcba });
  if (!isUnreadable(config)) return { config, identity: parseIdentity(content.value) };
  const error = { code: 'failed', errno: config.errno } as const;
  context.problems.addUnreadable(`${path}/config`, error);
  return { config, identity: undefined };
}

/** A tree without configuration space is reported once, not for each function. */
function configError(context: FunctionContext, path: string, error: SourceError): Header {
  if (error.code !== 'absent') context.problems.addUnreadable(`${path}/config`, error);
  const fact = missingFact(context.source, error) ?? unreadable('NOT_RECORDED');
  return { config: fact, identity: undefined };
}

function isGone(source: Source, path: string): boolean {
  const vendor = source.read(`${path}/vendor`);
  return !vendor.ok && (vendor.error.code === 'absent' || vendor.error.errno === 'ENODEV');
}

function readPhysicalFunction(source: Source, path: string): Bdf | undefined {
  const name = readLinkName(source, `${path}/physfn`, undefined);
  return name === undefined || isUnreadable(name) ? undefined : exactBdf(name);
}

type Ids = Pick<PciFunction, 'vendorId' | 'deviceId' | 'classCode' | 'subsystem'>;

function readIds(
  context: FunctionContext,
  path: string,
  identity: Identity | undefined,
  physicalFunction: Bdf | undefined,
): Ids {
  const pf = physicalFunction && context.functions.get(physicalFunction);
  const sriov = pf && known(known(pf.config)?.sriov);
  const isTrusted = context.source.info.kind === 'live' || pf !== undefined;
  return {
    vendorId:
      (isTrusted ? undefined : recordedVendor(context, path)) ??
      readId(context, `${path}/vendor`, identity?.vendorId, known(pf?.vendorId)),
    deviceId: readId(context, `${path}/device`, identity?.deviceId, sriov?.vfDeviceId),
    classCode: readClass(context, path, identity),
    subsystem: readSubsystem(context, path, identity),
  };
}

/**
 * What the kernel takes the function for, which its fixups may have changed (`quirk_synopsys_haps()`
 * makes a USB controller of one that says otherwise); configuration space where that is not known.
 *
 * @see Linux v6.12 drivers/pci/probe.c, `pci_setup_device()`: "Device class may be changed after fixup"
 */
function readClass(
  { source, problems }: FunctionContext,
  path: string,
  identity: Identity | undefined,
): number | Unreadable {
  const ofKernel = readNumber(source, `${path}/class`, problems, MAX_CLASS);
  if (typeof ofKernel === 'number') return ofKernel;
  return identity?.classCode ?? ofKernel ?? unreadable('NOT_RECORDED');
}

/**
 * The `vendor` file of a tree that somebody sent. The kernel writes what the configuration space
 * says; a tree where the file holds something else is damaged, and that must show. VFs, which
 * may be thousands, have the vendor of their PF.
 */
function recordedVendor(context: FunctionContext, path: string): number | Unreadable | undefined {
  const vendor = readNumber(context.source, `${path}/vendor`, context.problems, MAX_ID);
  return isUnreadable(vendor) && vendor.errno !== 'MALFORMED' ? undefined : vendor;
}

/**
 * An id from configuration space; of a VF, whose header reads 0xffff, from its PF as the kernel
 * does it; otherwise from the file.
 *
 * @see Linux v6.12 drivers/pci/iov.c, `pci_iov_scan_device()`
 */
function readId(
  context: FunctionContext,
  path: string,
  fromHeader: number | Unreadable | undefined,
  fromPf: number | undefined,
): number | Unreadable {
  if (fromHeader !== undefined && !isUnreadable(fromHeader)) return fromHeader;
  if (fromPf !== undefined) return fromPf;
  return readNumber(context.source, path, context.problems, MAX_ID) ?? unreadable('NOT_RECORDED');
}

function readSubsystem(
  context: FunctionContext,
  path: string,
  identity: Identity | undefined,
): Fact<number> {
  if (identity && !isUnreadable(identity.subsystem)) return identity.subsystem;
  const vendor = readNumber(context.source, `${path}/subsystem_vendor`, context.problems, MAX_ID);
  const device = readNumber(context.source, `${path}/subsystem_device`, context.problems, MAX_ID);
  if (isUnreadable(vendor)) return vendor;
  if (isUnreadable(device)) return device;
  return vendor === undefined || device === undefined ? undefined : joinIds(vendor, device);
}
