import { bdfParts, type Bdf } from '../../../shared/bdf.ts';
import { slotOf, sourceOf, type OptionText } from '../../../shared/vm-text.ts';
import { setValue } from './option-edits.ts';
import type { Move, Occupant, Place } from './slot-plan.ts';
import type { TextEdit } from './text-edit.ts';

/** A `-device` of a command line. */
export interface DeviceOption extends Occupant {
  readonly option: OptionText;
  /** What it opens on the host: an address, or the name of a mediated device. */
  readonly source?: string;
  readonly bdf?: Bdf;
}

export function deviceOptions(options: readonly OptionText[]): readonly DeviceOption[] {
  return options
    .filter(({ name }) => name === 'device')
    .map((option) => {
      const source = option.head.startsWith('vfio-pci') ? sourceOf(option) : undefined;
      const at = placeOf(option);
      return {
        option,
        isOfHost: source !== undefined,
        ...(source !== undefined && { source: source.name }),
        ...(source?.bdf !== undefined && {
          bdf: source.bdf,
          card: source.bdf.slice(0, -2),
          fn: bdfParts(source.bdf).functionNumber,
        }),
        ...(at !== undefined && { at }),
      };
    });
}

function placeOf({ values }: OptionText): Place | undefined {
  const [bus, place] = [values.get('bus'), slotOf(values.get('addr'))];
  if (bus === undefined || place === undefined) return undefined;
  return { bus, slot: place.slot, fn: place.function };
}

export function addressWord({ slot, fn }: Pick<Place, 'slot' | 'fn'>): string {
  return `0x${slot.toString(16)}.0x${fn}`;
}

/** Puts a device to a place of the guest. */
export function moveOption(
  text: string,
  { one: { option }, at, isMultifunction }: Move<DeviceOption>,
): readonly TextEdit[] {
  return [
    ...setValue(text, option, 'bus', at.bus),
    ...setValue(text, option, 'addr', addressWord(at)),
    ...(isMultifunction ? setValue(text, option, 'multifunction', 'on') : []),
  ];
}
