import { parseBdf, shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { DeviceRole, HostDevice, RomChoice } from '../../../shared/placed-vm.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import type { DeviceWish, VmWish } from '../../../shared/vm.ts';
import type { EngineContext } from '../../engine/context.ts';
import { isHostPart } from '../../engine/host-parts.ts';
import { isBridge } from '../../engine/pcie-state.ts';
import type { FunctionNode } from '../../engine/topology.ts';
import { variantModules } from '../../engine/variant-drivers.ts';
import { deviceKind } from '../../pci/class-name.ts';

export type PlaceFailure = 'bad-arguments' | 'unknown-function';

/** Devices before they have a place in the guest, in the order of the wish. */
export interface FoundDevices {
  readonly devices: readonly HostDevice[];
  /** Functions that were not asked for and are of a card that was. */
  readonly companions: readonly Bdf[];
}

/**
 * Turns wished devices into functions of the host, with the other functions of their cards.
 *
 * @returns Fails where an address is none, or not of the host, or a bridge.
 */
export function findDevices(
  wish: VmWish,
  context: EngineContext,
): Result<FoundDevices, Failure<PlaceFailure>> {
  const input: readonly DeviceWish[] =
    wish.input.kind === 'usb-controller'
      ? [{ kind: 'pci', bdf: wish.input.bdf, isWholeCard: true }]
      : [];
  const devices: HostDevice[] = [];
  const companions: Bdf[] = [];
  for (const device of [...wish.devices, ...input]) {
    const found = findOne(device, context);
    if (!found.ok) return found;
    for (const one of found.value) {
      const isAsked = one.kind === 'mdev' || !('bdf' in device) || one.bdf === parseBdf(device.bdf);
      if (isAsked || !isNamed(one, wish)) {
        devices.push(one);
        if (!isAsked && one.kind === 'pci') companions.push(one.bdf);
      }
    }
  }
  return ok({ devices: onceEach(devices), companions: [...new Set(companions)] });
}

/** The same function twice, as companion and by name or by two names of one card, is one. */
function onceEach(devices: readonly HostDevice[]): readonly HostDevice[] {
  const seen = new Set<string>();
  return devices.filter((device) => {
    const key = device.kind === 'mdev' ? device.uuid : device.bdf;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether the wish names the function itself, and so says how it wants it. */
function isNamed(device: HostDevice, wish: VmWish): boolean {
  return (
    device.kind === 'pci' &&
    wish.devices.some((one) => one.kind !== 'mdev' && parseBdf(one.bdf) === device.bdf)
  );
}

function findOne(
  wish: DeviceWish,
  context: EngineContext,
): Result<readonly HostDevice[], Failure<PlaceFailure>> {
  if (wish.kind === 'mdev') return ok([{ ...wish, uuid: wish.uuid.toLowerCase() }]);
  const node = findNode(wish.bdf, context);
  if (!node.ok) return node;
  const variantDriver = variantOf(node.value, context);
  const common = { bdf: node.value.bdf, ...(variantDriver !== undefined && { variantDriver }) };
  if (wish.kind === 'vf') {
    if (!node.value.isVirtualFunction) {
      return failure('bad-arguments', `${node.value.bdf} is no virtual function of another`);
    }
    const { mac, vlan } = wish;
    return ok([
      {
        kind: 'vf',
        ...common,
        ...(mac !== undefined && { mac: mac.toLowerCase() }),
        ...(vlan !== undefined && { vlan }),
      },
    ]);
  }
  const first = pciDevice(node.value, romOf(wish), context);
  const { bootOrder } = wish;
  const card = wish.isWholeCard ? restOfCard(node.value, context) : [];
  return ok([
    { ...first, ...(bootOrder !== undefined && { bootOrder }) },
    ...card.map((other) => pciDevice(other, { kind: 'device' }, context)),
  ]);
}

function findNode(
  address: string,
  { topology, host }: EngineContext,
): Result<FunctionNode, Failure<PlaceFailure>> {
  const bdf = parseBdf(address);
  if (bdf === undefined) {
    return failure('bad-arguments', `Not a PCI address: ${JSON.stringify(address)}`);
  }
  const node = topology.find(bdf);
  if (node === undefined) {
    return failure('unknown-function', `${host.source.name} has no function ${bdf}`);
  }
  if (isBridge(node)) {
    return failure(
      'bad-arguments',
      `${shortBdf(bdf)} is a bridge: name the devices below it instead`,
    );
  }
  return ok(node);
}

function romOf(wish: DeviceWish & { readonly kind: 'pci' }): RomChoice {
  if (wish.romFile !== undefined) return { kind: 'file', path: wish.romFile };
  return { kind: wish.isRomHidden === true ? 'hidden' : 'device' };
}

function pciDevice(node: FunctionNode, rom: RomChoice, context: EngineContext): HostDevice {
  const variantDriver = variantOf(node, context);
  return {
    kind: 'pci',
    bdf: node.bdf,
    role: roleOf(node),
    isMultifunction: false,
    rom,
    ...(variantDriver !== undefined && { variantDriver }),
  };
}

/**
 * The other functions of the slot, which a guest's driver expects beside it: audio, USB, UCSI. What
 * is of another maker is no part of the card: AMD's APUs have the host's own controllers there.
 */
export function restOfCard(
  node: FunctionNode,
  { topology }: EngineContext,
): readonly FunctionNode[] {
  const vendor = known(node.fn.vendorId);
  // On a root bus a slot is a place in the chipset, and what shares it is no card.
  if (node.isVirtualFunction || node.parent === undefined) return [];
  return topology
    .inSlot(node)
    .filter(
      (other) =>
        other !== node &&
        !other.isVirtualFunction &&
        !isHostPart(other) &&
        known(other.fn.vendorId) === vendor,
    );
}

const ROLES: Readonly<Record<string, DeviceRole>> = {
  gpu: 'gpu',
  audio: 'audio',
  nvme: 'nvme',
  usb: 'usb-controller',
  ethernet: 'network',
  network: 'network',
};

/** What a function is to a guest, by its class. */
export function roleOf({ fn }: FunctionNode): DeviceRole {
  const code = known(fn.classCode);
  return code === undefined ? 'other' : (ROLES[deviceKind(code)] ?? 'other');
}

function variantOf({ fn }: FunctionNode, { host }: EngineContext): string | undefined {
  const aliases = host.machine?.setup.vfioAliases;
  const list = aliases === undefined ? undefined : known(aliases);
  return list === undefined ? undefined : variantModules(fn, list)[0];
}
