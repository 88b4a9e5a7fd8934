import { classByName } from '../../pci/class-name.ts';
import { parseIds } from '../parse-address.ts';

/** What the words after an address say. */
export interface HeaderText {
  /** 24 bits. */
  readonly classCode: number | undefined;
  readonly ids: readonly [vendor: number, device: number] | undefined;
  readonly revision: number | undefined;
  readonly name: string | undefined;
}

/**
 * Reads what lspci prints after an address: `VGA compatible controller [0300]: Vendor Device
 * [10de:1b80] (rev a1) (prog-if 00 [VGA controller])`, and the same without numbers (no `-nn`) or
 * without names (`-n`: `0300: 10de:1b80`, of old: `Class 0300: Device 10de:1b80`).
 *
 * @returns `undefined` where the words are no such line.
 * @see pciutils lspci.c, `show_terse()`
 */
export function parseHeader(rest: string): HeaderText | undefined {
  const match = HEADER.exec(rest);
  if (!match) return undefined;
  const [, classText = '', deviceText = ''] = match;
  const ending = deviceText.search(/ \((?:rev|prog-if) /);
  const body = ending < 0 ? deviceText : deviceText.slice(0, ending);
  const ids = idsOf(body);
  return {
    classCode: classOf(classText, deviceText),
    ids,
    revision: hexAfter(deviceText, / \(rev ([0-9a-f]{2})\)/),
    name: nameOf(body, ids !== undefined),
  };
}

/** Class, colon, device. A class has no colon and is no sentence. */
const HEADER = /^([A-Za-z0-9][^:]{1,80}?(?: \[[0-9a-f]{4}\])?): ?(.*)$/;

function classOf(text: string, device: string): number | undefined {
  const number =
    hexAfter(text, / \[([0-9a-f]{4})\]$/) ?? hexAfter(text, /^(?:Class )?([0-9a-f]{4})$/);
  const code = number === undefined ? classByName(text) : number << 8;
  const programming = hexAfter(device, / \(prog-if ([0-9a-f]{2})/) ?? 0;
  return code === undefined ? undefined : code | programming;
}

function idsOf(body: string): HeaderText['ids'] {
  const bracketed = / ?\[([0-9a-f]{4}:[0-9a-f]{4})\]$/i.exec(body.trimEnd())?.[1];
  const plain = /^(?:Device )?([0-9a-f]{4}:[0-9a-f]{4})(?=\s|$)/i.exec(body)?.[1];
  return parseIds(bracketed ?? plain ?? '');
}

function nameOf(body: string, hasIds: boolean): string | undefined {
  const name = hasIds ? body.replace(/\s*\[?[0-9a-f]{4}:[0-9a-f]{4}\]?\s*$/i, '') : body;
  return name.trim() === '' ? undefined : name.trim();
}

function hexAfter(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : parseInt(digits, 16);
}
