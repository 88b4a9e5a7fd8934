import { parseBdf, type Bdf } from './bdf.ts';

/** One option of a command line: `-device vfio-pci,host=01:00.0`. */
export interface OptionWords {
  /** Without its dashes. */
  readonly name: string;
  /** What comes first without a key: the driver, or the type of an object. */
  readonly head: string;
  readonly values: ReadonlyMap<string, string>;
}

/** An option with its places in a text. */
export interface OptionText extends OptionWords {
  /** Where the word before it ends. */
  readonly before: number;
  readonly start: number;
  /** Of its second word, with the quotes; the same as `end` where it has none. */
  readonly valueStart: number;
  readonly end: number;
}

/** One setting of a Proxmox machine, with its places in a text. */
export interface SettingText {
  readonly key: string;
  readonly value: string;
  /** Of the value, with the quotes that it has in a script. */
  readonly start: number;
  readonly end: number;
  /** What has to go with it: its line, or its words. */
  readonly whole: { readonly start: number; readonly end: number };
  /** A word of a `qm` line, not a line of a configuration. */
  readonly isWord: boolean;
}

/** What a `vfio-pci` opens: by its address, or by a path below sysfs, which may be a mediated device. */
export function sourceOf({
  values,
}: OptionWords): { readonly name: string; readonly bdf: Bdf | undefined } | undefined {
  const path = values.get('sysfsdev') ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  const bdf = parseBdf(values.get('host') ?? last);
  return bdf === undefined && last === '' ? undefined : { name: bdf ?? last, bdf };
}

/**
 * Slot and function of an `addr`: `0x2.0x1` and `02.1` alike.
 *
 * @see QEMU hw/core/qdev-properties-system.c, `set_pci_devfn()`: both numbers are hexadecimal
 */
export function slotOf(
  addr: string | undefined,
): { readonly slot: number; readonly function: number } | undefined {
  const match = /^(?:0x)?([\da-f]+)(?:\.(?:0x)?([0-7]))?$/i.exec(addr ?? '');
  if (match === null) return undefined;
  return { slot: parseInt(match[1] ?? '', 16), function: Number(match[2] ?? 0) };
}
