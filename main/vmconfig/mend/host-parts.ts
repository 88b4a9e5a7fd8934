import { findPart, type XmlPart } from './scan-xml.ts';
import type { Occupant, Place } from './slot-plan.ts';
import { appendChild, type TextEdit } from './text-edit.ts';

/** A device of a domain that has a place in the guest or may get one. */
export interface DomainPart extends Occupant {
  readonly part: XmlPart;
  /** Its place in the guest, where the domain says one. */
  readonly address: XmlPart | undefined;
}

/** One that gives a function of the host to the guest. */
export interface HostPart extends DomainPart {
  /** `domain:bus:slot` in numbers, and the function: what names it on the host. */
  readonly card: string;
  readonly fn: number;
}

/** All devices; an interface of a virtual function is of the host, and of no card. */
export function domainOccupants(devices: XmlPart | undefined): readonly DomainPart[] {
  const ofHost = new Map(hostParts(devices).map((one) => [one.part, one]));
  return (devices?.children ?? []).map((part) => {
    const found = part.name === 'hostdev' ? ofHost.get(part) : undefined;
    const isOfHost = part.name === 'hostdev' || ofHost.has(part);
    return found ?? { part, isOfHost, ...placeOf(part) };
  });
}

/** The elements with functions of the host, `hostdev` and interfaces of virtual functions. */
export function hostParts(devices: XmlPart | undefined): readonly HostPart[] {
  return (devices?.children ?? []).flatMap((part) => {
    const kind = `${part.name} ${part.attributes.get('type')?.text ?? ''}`;
    const source = findPart(part, 'source', 'address');
    if ((kind !== 'hostdev pci' && kind !== 'interface hostdev') || source === undefined) return [];
    const number = (name: string) => numberIn(source, name);
    return [
      {
        part,
        isOfHost: true,
        card: `${number('domain')}:${number('bus')}:${number('slot')}`,
        fn: number('function'),
        ...placeOf(part),
      },
    ];
  });
}

function placeOf({ children }: XmlPart): Pick<DomainPart, 'address' | 'at'> {
  const address = children.find(
    ({ name, attributes }) => name === 'address' && attributes.get('type')?.text === 'pci',
  );
  if (address === undefined) return { address };
  const number = (name: string) => numberIn(address, name);
  const at = { bus: String(number('bus')), slot: number('slot'), fn: number('function') };
  return { address, at };
}

function numberIn({ attributes }: XmlPart, name: string): number {
  return Number(attributes.get(name)?.text ?? 0);
}

/** Puts a device to a place of the guest. */
export function moveTo(
  text: string,
  { part, address }: DomainPart,
  at: Place,
  isMultifunction: boolean,
): TextEdit {
  const line = addressLine(at, isMultifunction);
  return address === undefined
    ? appendChild(text, part, line)
    : { start: address.start, end: address.end, text: line };
}

export function addressLine({ bus, slot, fn }: Place, isMultifunction: boolean): string {
  const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;
  const multi = isMultifunction ? " multifunction='on'" : '';
  return `<address type='pci' domain='0x0000' bus='${hex(Number(bus), 2)}' slot='${hex(slot, 2)}' function='${hex(fn, 1)}'${multi}/>`;
}
