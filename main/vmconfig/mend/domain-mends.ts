import { guestAddress, hostParts, moveTo, placeIn, type HostPart } from './host-parts.ts';
import { findPart, type XmlPart } from './scan-xml.ts';
import { appendChild, removePart, setAttribute, type TextEdit } from './text-edit.ts';

/** Changes that take findings of one code away, where that needs no choice of anybody. */
export type DomainMend = (text: string, domain: XmlPart) => readonly TextEdit[];

/** In the order in which they are made: what is there twice goes before places are given. */
export const DOMAIN_MENDS: readonly (readonly [code: string, mend: DomainMend])[] = [
  ['device-twice', removeRepeated],
  ['managed-mixed', manageAll],
  ['balloon-with-vfio', switchBalloonOff],
  ['card-scattered', gatherCards],
  ['no-function-0', giveFunction0],
  ['not-multifunction', markMultifunction],
  ['chassis-twice', renumberChassis],
  ['hyperv-incomplete', completeHyperv],
  ['shared-memory-size', roundSharedMemory],
  ['pin-of-no-vcpu', removeStrayPins],
];

function removeRepeated(text: string, domain: XmlPart): readonly TextEdit[] {
  const parts = hostParts(findPart(domain, 'devices'));
  const name = ({ card, fn }: HostPart) => `${card}.${fn}`;
  return parts
    .filter((one, index) => parts.findIndex((other) => name(other) === name(one)) < index)
    .map(({ part }) => removePart(text, part));
}

/** Managed works for devices that VFIO has already, too; unmanaged only for those. */
function manageAll(text: string, domain: XmlPart): readonly TextEdit[] {
  return hostParts(findPart(domain, 'devices'))
    .filter(({ part }) => part.attributes.get('managed')?.text !== 'yes')
    .map(({ part }) => setAttribute(part, 'managed', 'yes', text));
}

function switchBalloonOff(text: string, domain: XmlPart): readonly TextEdit[] {
  const devices = findPart(domain, 'devices');
  const balloon = findPart(devices, 'memballoon');
  const none = "<memballoon model='none'/>";
  if (balloon !== undefined) return [{ start: balloon.start, end: balloon.end, text: none }];
  return devices === undefined ? [] : [appendChild(text, devices, none)];
}

/** Into the slot of the card's first function, with the function numbers of the host. */
function gatherCards(text: string, domain: XmlPart): readonly TextEdit[] {
  const devices = findPart(domain, 'devices');
  const taken = takenPlaces(devices);
  const cards = Map.groupBy(
    hostParts(devices).filter(({ part }) => part.name === 'hostdev'),
    ({ card }) => card,
  );
  return [...cards.values()].flatMap((card) => {
    const sorted = card.toSorted((a, b) => a.fn - b.fn);
    const slots = new Set(card.flatMap(({ at }) => (at ? [`${at.bus}:${at.slot}`] : [])));
    const first = sorted.find(({ at }) => at !== undefined)?.at;
    if (first === undefined || slots.size < 2) return [];
    const own = new Set(card.flatMap(({ at }) => (at ? [`${at.bus}:${at.slot}.${at.fn}`] : [])));
    const isShared = taken.some(
      (place) => place.startsWith(`${first.bus}:${first.slot}.`) && !own.has(place),
    );
    if (isShared) return [];
    return sorted.map((one, index) =>
      moveTo(text, one, { ...first, fn: index === 0 ? 0 : one.fn }, index === 0),
    );
  });
}

function takenPlaces(devices: XmlPart | undefined): readonly string[] {
  return (devices?.children ?? []).flatMap((part) => {
    const at = placeIn(guestAddress(part));
    return at === undefined ? [] : [`${at.bus}:${at.slot}.${at.fn}`];
  });
}

/** The lowest of a slot with a device of the host becomes what the guest looks for. */
function giveFunction0(text: string, domain: XmlPart): readonly TextEdit[] {
  const parts = findPart(domain, 'devices')?.children ?? [];
  const addresses = parts.flatMap((part) => guestAddress(part) ?? []);
  const ofHost = new Set(
    parts
      .filter(isOfHost)
      .flatMap((part) => guestAddress(part) ?? [])
      .map(slotOf),
  );
  const slots = Map.groupBy(
    addresses.filter((address) => ofHost.has(slotOf(address))),
    slotOf,
  );
  return [...slots.values()].flatMap((slot) => {
    const [first] = slot.toSorted((a, b) => (placeIn(a)?.fn ?? 0) - (placeIn(b)?.fn ?? 0));
    if (first === undefined || placeIn(first)?.fn === 0) return [];
    const isAlone = slot.length === 1;
    return [
      setAttribute(first, 'function', '0x0', text),
      ...(isAlone ? [] : [setAttribute(first, 'multifunction', 'on', text)]),
    ];
  });
}

function isOfHost({ name, attributes }: XmlPart): boolean {
  return name === 'hostdev' || attributes.get('type')?.text === 'hostdev';
}

function slotOf(address: XmlPart): string {
  const at = placeIn(address);
  return `${at?.bus}:${at?.slot}`;
}

function markMultifunction(text: string, domain: XmlPart): readonly TextEdit[] {
  const devices = findPart(domain, 'devices');
  const taken = takenPlaces(devices);
  return hostParts(devices).flatMap(({ at, address }) => {
    const others = taken.filter((place) => place.startsWith(`${at?.bus}:${at?.slot}.`));
    const isFirst = at?.fn === 0 && others.length > 1;
    return isFirst && address !== undefined
      ? [setAttribute(address, 'multifunction', 'on', text)]
      : [];
  });
}

function renumberChassis(text: string, domain: XmlPart): readonly TextEdit[] {
  const targets = (findPart(domain, 'devices')?.children ?? []).flatMap((part) => {
    const target = findPart(part, 'target');
    return part.name === 'controller' && target?.attributes.has('chassis') === true ? [target] : [];
  });
  const numbers = targets.map(({ attributes }) => Number(attributes.get('chassis')?.text));
  let free = Math.max(0, ...numbers);
  return targets.flatMap((target, index) => {
    if (numbers.indexOf(numbers[index] ?? 0) === index) return [];
    free += 1;
    return [setAttribute(target, 'chassis', String(free), text)];
  });
}

/** Everything that one of them may need: switching more on does not hurt a guest. */
function completeHyperv(text: string, domain: XmlPart): readonly TextEdit[] {
  const hyperv = findPart(domain, 'features', 'hyperv');
  if (hyperv === undefined) return [];
  const isOn = (name: string) => findPart(hyperv, name)?.attributes.get('state')?.text === 'on';
  const needed = isOn('stimer') ? ['vpindex', 'synic'] : ['vpindex'];
  const edits = needed.flatMap((name) => {
    const part = findPart(hyperv, name);
    return part === undefined || isOn(name) ? [] : [setAttribute(part, 'state', 'on', text)];
  });
  const absent = needed.filter((name) => findPart(hyperv, name) === undefined);
  const lines = absent.map((name) => appendChild(text, hyperv, `<${name} state='on'/>`));
  const [first] = lines;
  // All at one place: one edit.
  return first === undefined
    ? edits
    : [...edits, { ...first, text: lines.map((line) => line.text).join('') }];
}

const MIB: Readonly<Record<string, number>> = { M: 1, MiB: 1, G: 1024, GiB: 1024 };

function roundSharedMemory(text: string, domain: XmlPart): readonly TextEdit[] {
  return (findPart(domain, 'devices')?.children ?? []).flatMap((part) => {
    const size = part.name === 'shmem' ? findPart(part, 'size') : undefined;
    if (size === undefined) return [];
    const unit = MIB[size.attributes.get('unit')?.text ?? ''] ?? 2 ** -20;
    const mib = Number(text.slice(size.openEnd, size.innerEnd)) * unit;
    if (!(mib > 0) || Number.isInteger(Math.log2(mib))) return [];
    const rounded = 2 ** Math.max(0, Math.ceil(Math.log2(mib)));
    return [{ start: size.start, end: size.end, text: `<size unit='M'>${rounded}</size>` }];
  });
}

function removeStrayPins(text: string, domain: XmlPart): readonly TextEdit[] {
  const vcpu = findPart(domain, 'vcpu');
  const count = vcpu === undefined ? 1 : Number(text.slice(vcpu.openEnd, vcpu.innerEnd));
  return (findPart(domain, 'cputune')?.children ?? [])
    .filter(({ name, attributes }) => {
      return name === 'vcpupin' && Number(attributes.get('vcpu')?.text) >= count;
    })
    .map((pin) => removePart(text, pin));
}
