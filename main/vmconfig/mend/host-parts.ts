import { findPart, type XmlPart } from './scan-xml.ts';
import { appendChild, type TextEdit } from './text-edit.ts';

/** An element of a domain that gives a function of the host to it. */
export interface HostPart {
  readonly part: XmlPart;
  /** `domain:bus:slot` in numbers, and the function: what names it on the host. */
  readonly card: string;
  readonly fn: number;
  /** Its place in the guest, where the domain says one. */
  readonly address: XmlPart | undefined;
  readonly at: PartPlace | undefined;
}

export interface PartPlace {
  readonly bus: number;
  readonly slot: number;
  readonly fn: number;
}

/** The elements with functions of the host, `hostdev` and interfaces of virtual functions. */
export function hostParts(devices: XmlPart | undefined): readonly HostPart[] {
  return (devices?.children ?? []).flatMap((part) => {
    const kind = `${part.name} ${part.attributes.get('type')?.text ?? ''}`;
    const source = findPart(part, 'source', 'address');
    if ((kind !== 'hostdev pci' && kind !== 'interface hostdev') || source === undefined) return [];
    const number = (name: string) => numberIn(source, name);
    const address = guestAddress(part);
    return [
      {
        part,
        card: `${number('domain')}:${number('bus')}:${number('slot')}`,
        fn: number('function'),
        address,
        at: placeIn(address),
      },
    ];
  });
}

/** Where an element is in the guest. */
export function placeIn(address: XmlPart | undefined): PartPlace | undefined {
  if (address === undefined) return undefined;
  const number = (name: string) => numberIn(address, name);
  return { bus: number('bus'), slot: number('slot'), fn: number('function') };
}

export function guestAddress({ children }: XmlPart): XmlPart | undefined {
  return children.find(
    ({ name, attributes }) => name === 'address' && attributes.get('type')?.text === 'pci',
  );
}

function numberIn({ attributes }: XmlPart, name: string): number {
  return Number(attributes.get(name)?.text ?? 0);
}

/** Puts a device to a place of the guest. */
export function moveTo(
  text: string,
  { part, address }: HostPart,
  { bus, slot, fn }: PartPlace,
  isMultifunction: boolean,
): TextEdit {
  const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;
  const multi = isMultifunction ? " multifunction='on'" : '';
  const line = `<address type='pci' domain='0x0000' bus='${hex(bus, 2)}' slot='${hex(slot, 2)}' function='${hex(fn, 1)}'${multi}/>`;
  return address === undefined
    ? appendChild(text, part, line)
    : { start: address.start, end: address.end, text: line };
}
