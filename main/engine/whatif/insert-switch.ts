import { bdfParts, formatBdf, shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { AcsCapability, ConfigSpace, PciFunction, PortType } from '../../../shared/host.ts';
import { ok } from '../../../shared/result.ts';
import { REQUIRED_ACS } from '../../pci/acs-bits.ts';
import type { Change } from './change.ts';
import { findCard } from './find-card.ts';
import { devfnOf } from './number-buses.ts';
import { relocate, type Place } from './relocate.ts';
import {
  impossible,
  listShort,
  suppose,
  withFunctions,
  type StepResult,
  type World,
} from './world.ts';

/**
 * Puts a switch between a card and its port: an upstream port with one downstream port, and the card
 * below that.
 *
 * The upstream port is the only function of its slot, so the kernel asks nothing of it (GR-10); the
 * downstream port isolates only where it has ACS. Ids are left open: no quirk speaks of the switch.
 */
export function insertSwitch(
  world: World,
  change: Extract<Change, { kind: 'behind-switch' }>,
): StepResult {
  const found = findCard(world, change.bdf);
  if (!found.ok) return found;
  const { functions, bridge, isOnLink } = found.value;
  const bdfs = functions.map(({ bdf }) => bdf);
  if (!isOnLink) {
    return impossible(
      `Cannot put a switch above ${listShort(bdfs)}: ${shortBdf(bridge.bdf)} leads to a conventional bus`,
    );
  }
  const [upstream, downstream] = parkedSwitch(world, bridge, change.hasAcs);
  const places = new Map<Bdf, Place>([
    [upstream.bdf, { parent: bridge.bdf, devfn: 0 }],
    ...bdfs.map((bdf) => [bdf, { parent: downstream.bdf, devfn: devfnOf(bdf) }] as const),
  ]);
  const parked = withFunctions(world, [...world.host.functions, upstream, downstream]);
  const moved = relocate(parked, places);
  if (!moved.ok) return moved;
  const { names } = moved.value;
  const newName = (bdf: Bdf) => names.get(bdf) ?? bdf;
  const acs = change.hasAcs ? 'with ACS' : 'without ACS';
  const text = `A switch ${acs} that the host does not have is supposed above ${listShort(bdfs.map(newName))}`;
  const about = [upstream.bdf, downstream.bdf, ...bdfs].map(newName);
  return ok({
    world: suppose(moved.value.world, ...about.map((bdf) => ({ text, about: bdf }))),
    text: `A switch ${acs} stands between ${listShort(bdfs)} and ${shortBdf(bridge.bdf)}: upstream port ${shortBdf(newName(upstream.bdf))}, downstream port ${shortBdf(newName(downstream.bdf))}, then the card at ${listShort(bdfs.map(newName))}`,
  });
}

/** The two ports, in a domain of their own until they are hung into their place. */
function parkedSwitch(
  world: World,
  bridge: PciFunction,
  hasAcs: boolean,
): readonly [PciFunction, PciFunction] {
  const domain = Math.max(...world.host.functions.map(({ bdf }) => bdfParts(bdf).domain)) + 1;
  const at = (bus: number) => formatBdf({ domain, bus, deviceNumber: 0, functionNumber: 0 });
  const acs: AcsCapability | undefined = hasAcs
    ? {
        offset: 0x100,
        capability: REQUIRED_ACS,
        control: REQUIRED_ACS,
        controlDwordAt8: REQUIRED_ACS,
      }
    : undefined;
  const rootBus = at(0).slice(0, -5);
  const port = (bus: number, type: PortType): PciFunction => ({
    bdf: at(bus),
    rootBus,
    parent: bus === 0 ? undefined : at(bus - 1),
    vmdEndpoint: undefined,
    vendorId: undefined,
    deviceId: undefined,
    classCode: 0x060400,
    subsystem: undefined,
    config: portConfig(type, bus, acs),
    physicalFunction: undefined,
    iommuUnit: bridge.iommuUnit,
    iommuGroupId: undefined,
  });
  return [port(0, 'upstream-port'), port(1, 'downstream-port')];
}

function portConfig(
  portType: PortType,
  primary: number,
  acs: AcsCapability | undefined,
): ConfigSpace {
  return {
    lengthBytes: 4096,
    headerType: 1,
    hasMultifunctionBit: false,
    bridge: { primary, secondary: primary + 1, subordinate: 2 },
    pcie: { offset: 0x40, portType, hasFlr: false, forwardsAri: false },
    acs,
    hasAri: false,
    sriov: undefined,
  };
}
