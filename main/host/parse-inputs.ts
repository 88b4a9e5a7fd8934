import type { InputDevice } from '../../shared/seat.ts';
import { functionsOnPath } from './functions-on-path.ts';

/** Bits 1 to 31 of the key bitmap, Esc to S: what systemd's input_id asks of a keyboard. */
const KEYBOARD_KEYS = 0xfffffffe;
/** `REL_X` and `REL_Y`. */
const POINTER_AXES = 0x3;

/**
 * Reads `/proc/bus/input/devices`: one block for each device, with name, directory and bitmaps.
 *
 * @see Linux drivers/input/input.c, `input_devices_seq_show()`
 */
export function parseInputs(text: string): readonly InputDevice[] {
  return text
    .split(/\n\s*\n/)
    .filter((block) => /^S: Sysfs=/m.test(block))
    .map(parseInput);
}

function parseInput(block: string): InputDevice {
  const directory = /^S: Sysfs=(.*)$/m.exec(block)?.[1] ?? '';
  const handlers = /^H: Handlers=(.*)$/m.exec(block)?.[1] ?? '';
  return {
    name: /^N: Name="(.*)"$/m.exec(block)?.[1] ?? '',
    path: functionsOnPath(directory),
    isKeyboard: lowWord(block, 'KEY') === KEYBOARD_KEYS,
    isMouse: /\bmouse\d+/.test(handlers) || (lowWord(block, 'REL') & POINTER_AXES) === POINTER_AXES,
    isVirtual: directory.startsWith('/devices/virtual/'),
  };
}

/** The lowest 32 bits of a bitmap, whose words stand with the highest first; bit 0 left out. */
function lowWord(block: string, name: string): number {
  const words = new RegExp(`^B: ${name}=(.*)$`, 'm').exec(block)?.[1]?.trim().split(/\s+/) ?? [];
  const low = parseInt((words.at(-1) ?? '').slice(-8), 16);
  if (Number.isNaN(low)) return 0;
  return name === 'KEY' ? (low & KEYBOARD_KEYS) >>> 0 : low;
}
