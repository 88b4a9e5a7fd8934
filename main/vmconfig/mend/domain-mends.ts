import { domainOccupants, hostParts, moveTo, type HostPart } from './host-parts.ts';
import type { Mend } from './mend-text.ts';
import { roundSharedMib } from './round-memory.ts';
import { findDomain, findPart, type XmlPart } from './scan-xml.ts';
import { findFirsts, gatherCards, giveFunction0, renumber } from './slot-plan.ts';
import { appendChild, removePart, setAttribute, type TextEdit } from './text-edit.ts';

type DomainMend = (text: string, domain: XmlPart) => readonly TextEdit[];

/** What is there twice goes before places are given. */
const MENDS: readonly (readonly [code: string, mend: DomainMend])[] = [
  ['device-twice', removeRepeated],
  ['managed-mixed', manageAll],
  ['balloon-with-vfio', switchBalloonOff],
  ['card-scattered', moveCards],
  ['no-function-0', moveFirsts],
  ['not-multifunction', markMultifunction],
  ['chassis-twice', renumberChassis],
  ['hyperv-incomplete', completeHyperv],
  ['shared-memory-size', roundSharedMemory],
  ['pin-of-no-vcpu', removeStrayPins],
];

/** Changes of a libvirt domain that need no choice. */
export const DOMAIN_MENDS: readonly Mend[] = MENDS.map(([code, mend]) => [
  code,
  (text) => {
    const domain = findDomain(text);
    return domain === undefined ? [] : mend(text, domain);
  },
]);

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

function moveCards(text: string, domain: XmlPart): readonly TextEdit[] {
  const moves = gatherCards(domainOccupants(findPart(domain, 'devices')));
  return moves.map(({ one, at, isMultifunction }) => moveTo(text, one, at, isMultifunction));
}

function moveFirsts(text: string, domain: XmlPart): readonly TextEdit[] {
  const moves = giveFunction0(domainOccupants(findPart(domain, 'devices')));
  return moves.flatMap(({ one: { address }, isMultifunction }) =>
    address === undefined
      ? []
      : [
          setAttribute(address, 'function', '0x0', text),
          ...(isMultifunction ? [setAttribute(address, 'multifunction', 'on', text)] : []),
        ],
  );
}

function markMultifunction(text: string, domain: XmlPart): readonly TextEdit[] {
  return findFirsts(domainOccupants(findPart(domain, 'devices'))).flatMap(({ address }) =>
    address === undefined ? [] : [setAttribute(address, 'multifunction', 'on', text)],
  );
}

function renumberChassis(text: string, domain: XmlPart): readonly TextEdit[] {
  const targets = (findPart(domain, 'devices')?.children ?? []).flatMap((part) => {
    const target = findPart(part, 'target');
    return part.name === 'controller' && target?.attributes.has('chassis') === true ? [target] : [];
  });
  const numbers = renumber(
    targets.map(({ attributes }) => Number(attributes.get('chassis')?.text)),
  );
  return targets.flatMap((target, index) => {
    const number = numbers.get(index);
    return number === undefined ? [] : [setAttribute(target, 'chassis', String(number), text)];
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
    const rounded = roundSharedMib(Number(text.slice(size.openEnd, size.innerEnd)) * unit);
    if (rounded === undefined) return [];
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
