import type { Element } from '@xmldom/xmldom';
import { formatBdf, parseBdf, type Bdf } from '../../../shared/bdf.ts';
import { parseDevicePlace } from '../../host/device-path.ts';
import type { FactSheet } from '../fact-sheet.ts';
import { MAX_DOCUMENT_LENGTH } from '../limits.ts';
import type { LineReader } from '../line-reader.ts';
import { attribute, childElements, find, parseXml, textOf } from '../xml-part.ts';

/**
 * Reads `virsh nodedev-dumpxml`, several documents one after the other too, and the names that
 * `virsh nodedev-list` prints.
 */
export function nodeDeviceReader(sheet: FactSheet): LineReader {
  let text = '';
  let start = 0;
  return {
    kind: 'node-device',
    begins: (line) => OPEN.test(line) || nameOf(line) !== undefined,
    take: ({ number, text: line }) => {
      const listed = nameOf(line);
      if (text === '' && listed) return sheet.mention(listed) !== undefined;
      if (text === '' && !OPEN.test(line)) return line.trim() === '';
      if (text === '') start = number;
      text += `${line}\n`;
      if (/<\/device>\s*$/.test(line) || text.length > MAX_DOCUMENT_LENGTH) {
        stateDevice(sheet, text, start);
        text = '';
      }
      return true;
    },
    end: () => {
      if (text !== '') sheet.complain(start, 'the description of the device ends early');
      text = '';
    },
  };
}

const OPEN = /^\s*<device>\s*$/;
/** `pci_0000_01_00_0`, in a list or in the tree of `--tree`. */
const NAME = /^[\s|+-]*pci_([0-9a-f]{4,8})_([0-9a-f]{2})_([01][0-9a-f])_([0-7])\s*$/;

function nameOf(line: string): Bdf | undefined {
  const match = NAME.exec(line);
  return match
    ? parseBdf(`${match[1] ?? ''}:${match[2] ?? ''}:${match[3] ?? ''}.${match[4] ?? ''}`)
    : undefined;
}

/**
 * In the capability itself the parts of the address are decimal, in `address` elements they are
 * hexadecimal.
 *
 * @see libvirt formatnode.html, "pci"
 */
function stateDevice(sheet: FactSheet, text: string, line: number): void {
  const device = parseXml(text)?.documentElement ?? undefined;
  const capability = childElements(device, 'capability').find(
    (one) => attribute(one, 'type') === 'pci',
  );
  if (device === undefined)
    sheet.complain(line, 'the description of the device is no XML of libvirt');
  const bdf = capability && addressOf(capability, 10);
  if (!device || !capability || !bdf) return;
  const source = { origin: 'node-device', line } as const;
  const path = wordIn(device, 'path');
  const number = (name: string) => idOf(attribute(find(capability, name), 'id'));
  sheet.mention(bdf);
  sheet.state(bdf, 'vendorId', number('vendor'), source);
  sheet.state(bdf, 'deviceId', number('product'), source);
  sheet.state(bdf, 'classCode', idOf(wordIn(capability, 'class')), source);
  sheet.state(bdf, 'name', nameIn(capability), source);
  sheet.state(bdf, 'driver', wordIn(device, 'driver', 'name'), source);
  sheet.state(bdf, 'place', path === undefined ? undefined : placeOf(path), source);
  const node = attribute(find(capability, 'numa'), 'node') ?? '';
  if (/^\d{1,4}$/.test(node)) sheet.state(bdf, 'numaNode', Number(node), source);
  stateNested(sheet, bdf, capability, source);
}

function stateNested(
  sheet: FactSheet,
  bdf: Bdf,
  capability: Element,
  source: { readonly origin: 'node-device'; readonly line: number },
): void {
  for (const nested of childElements(capability, 'capability')) {
    const type = attribute(nested, 'type');
    if (type === 'pci-bridge') sheet.state(bdf, 'headerType', 1, source);
    const physical = type === 'phys_function' ? find(nested, 'address') : undefined;
    sheet.state(bdf, 'physicalFunction', physical && addressOf(physical, 16), source);
  }
  const group = find(capability, 'iommuGroup');
  const id = attribute(group, 'number') ?? '';
  if (!/^\d{1,6}$/.test(id)) {
    sheet.state(bdf, 'group', undefined, source);
    return;
  }
  for (const member of [bdf, ...childElements(group, 'address').map((one) => addressOf(one, 16))]) {
    if (member) sheet.state(member, 'group', id, source);
  }
}

function nameIn(capability: Element): string | undefined {
  const names = ['vendor', 'product'].map((name) => wordIn(capability, name) ?? '');
  return names.join(' ').trim() || undefined;
}

function wordIn(element: Element | undefined, ...names: readonly string[]): string | undefined {
  return textOf(find(element, ...names))?.trim();
}

function placeOf(path: string) {
  return parseDevicePlace(path.replace(/^\//, '').replace(/\/[^/]*$/, ''));
}

function idOf(text = ''): number | undefined {
  return /^0x[0-9a-f]{1,6}$/i.test(text) ? Number(text) : undefined;
}

const PARTS = ['domain', 'bus', 'slot', 'function'] as const;

function addressOf(element: Element, radix: 10 | 16): Bdf | undefined {
  const [domain, bus, deviceNumber, functionNumber] = PARTS.map((part) =>
    partOf(radix === 10 ? wordIn(element, part) : attribute(element, part), radix),
  );
  if (domain === undefined || bus === undefined) return undefined;
  if (deviceNumber === undefined || functionNumber === undefined) return undefined;
  if (domain > 0xffff_ffff || bus > 255 || deviceNumber > 31 || functionNumber > 7)
    return undefined;
  return formatBdf({ domain, bus, deviceNumber, functionNumber });
}

function partOf(text: string | undefined, radix: 10 | 16): number | undefined {
  const digits = radix === 10 ? /^(\d{1,10})$/ : /^0x([0-9a-f]{1,8})$/i;
  const match = digits.exec(text ?? '');
  return match ? parseInt(match[1] ?? '', radix) : undefined;
}
