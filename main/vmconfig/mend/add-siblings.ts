import { bdfParts, type Bdf } from '../../../shared/bdf.ts';
import { addressWord, deviceOptions } from './command-line-parts.ts';
import type { ReadOptions } from './command-line-mends.ts';
import { addressLine, domainOccupants } from './host-parts.ts';
import type { MissingSibling } from './missing-siblings.ts';
import { addBehind } from './option-edits.ts';
import { firstOf, hostPcis, isCard, writeHostPci, type ReadSettings } from './proxmox-parts.ts';
import { findDomain, findPart } from './scan-xml.ts';
import { placeBeside } from './slot-plan.ts';
import type { TextEdit } from './text-edit.ts';

/** Puts one function of a card beside another; nothing where the text leaves no way. */
export type AddSibling = (text: string, sibling: MissingSibling) => readonly TextEdit[];

/** Only beside what libvirt manages: who binds devices himself has to bind this one, too. */
export function addHostdev(text: string, { beside, bdf }: MissingSibling): readonly TextEdit[] {
  const all = domainOccupants(findPart(findDomain(text), 'devices'));
  const { domain, bus, deviceNumber: slot, functionNumber } = bdfParts(bdf);
  const other = all.find(
    (one) => one.card === `${domain}:${bus}:${slot}` && one.fn === bdfParts(beside).functionNumber,
  );
  if (other?.part.attributes.get('managed')?.text !== 'yes') return [];
  const at = other.at && placeBeside(all, other.at, functionNumber);
  const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;
  const { start, end } = other.part;
  const [indent] = /[ \t]*$/.exec(text.slice(0, start)) ?? [''];
  const lines = [
    `<hostdev mode='subsystem' type='pci' managed='yes'>`,
    `  <source>`,
    `    <address domain='${hex(domain, 4)}' bus='${hex(bus, 2)}' slot='${hex(slot, 2)}' function='${hex(functionNumber, 1)}'/>`,
    `  </source>`,
    ...(at === undefined ? [] : [`  ${addressLine(at, false)}`]),
    `</hostdev>`,
  ];
  return [{ start: end, end, text: lines.map((line) => `\n${indent}${line}`).join('') }];
}

/** Opened in the same way as the other. */
export function addVfioOption(read: ReadOptions): AddSibling {
  return (text, { beside, bdf }) => {
    const all = deviceOptions(read(text));
    const other = all.find((one) => one.bdf === beside);
    if (other === undefined) return [];
    const at = other.at && placeBeside(all, other.at, bdfParts(bdf).functionNumber);
    const iommufd = other.option.values.get('iommufd');
    const words = [
      `vfio-pci,host=${bdf}`,
      ...(at === undefined ? [] : [`bus=${at.bus}`, `addr=${addressWord(at)}`]),
      ...(iommufd === undefined ? [] : [`iommufd=${iommufd}`]),
    ];
    return [addBehind(text, other.option, `-device ${words.join(',')}`)];
  };
}

/** Into the same `hostpciN`. */
export function addHostPci(read: ReadSettings): AddSibling {
  return (text, { beside, bdf }) => {
    const other = hostPcis(read(text)).find(({ words }) =>
      words.some((word) => names(word, beside)),
    );
    if (other === undefined) return [];
    const word = other.words.some((one) => one.split(':').length > 2) ? bdf : withoutDomain(bdf);
    return [writeHostPci(other, [...other.words, word])];
  };
}

function names(word: string, bdf: Bdf): boolean {
  return !isCard(word) && firstOf(word) === bdf;
}

/** Written as short as the others are. */
function withoutDomain(bdf: Bdf): string {
  return bdf.replace(/^0000:/, '');
}
