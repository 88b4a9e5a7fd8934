import { bdfParts } from '../../../shared/bdf.ts';
import type { OptionText } from '../../../shared/vm-text.ts';
import { addressWord, deviceOptions, moveOption, type DeviceOption } from './command-line-parts.ts';
import type { Mend } from './mend-text.ts';
import { addBefore, isJson, removeOption, setValue } from './option-edits.ts';
import { roundSharedMib } from './round-memory.ts';
import { findFirsts, gatherCards, giveFunction0, hostSlots, renumber } from './slot-plan.ts';
import type { TextEdit } from './text-edit.ts';

/** Finds the options of a text. */
export type ReadOptions = (text: string) => readonly OptionText[];

type OptionMend = (text: string, options: readonly OptionText[]) => readonly TextEdit[];

/** What is there twice goes before places are given, and ports come when the slots are whole. */
const MENDS: readonly (readonly [code: string, mend: OptionMend])[] = [
  ['device-twice', removeRepeated],
  ['balloon-with-vfio', removeBalloon],
  ['card-scattered', moveCards],
  ['no-function-0', moveFirsts],
  ['not-multifunction', markMultifunction],
  ['on-root-bus', addPorts],
  ['chassis-twice', renumberChassis],
  ['hyperv-incomplete', completeHyperv],
  ['shared-memory-size', roundSharedMemory],
];

/** Changes of a command line of QEMU that need no choice. */
export function commandLineMends(read: ReadOptions): readonly Mend[] {
  return MENDS.map(([code, mend]) => [code, (text) => mend(text, read(text))]);
}

/** The same of what Proxmox gives to QEMU as it is: the rest of the machine is not in there. */
export function argumentMends(read: ReadOptions): readonly Mend[] {
  return commandLineMends(read).filter(([code]) => code === 'shared-memory-size');
}

function removeRepeated(_text: string, options: readonly OptionText[]): readonly TextEdit[] {
  const devices = deviceOptions(options).filter(({ source }) => source !== undefined);
  const names = devices.map(({ source }) => source);
  return devices
    .filter(({ source }, index) => names.indexOf(source) < index)
    .map(({ option }) => removeOption(option));
}

function removeBalloon(_text: string, options: readonly OptionText[]): readonly TextEdit[] {
  return options
    .filter(({ name, head }) => name === 'device' && head.startsWith('virtio-balloon'))
    .map(removeOption);
}

function moveCards(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  return gatherCards(deviceOptions(options)).flatMap((move) => moveOption(text, move));
}

function moveFirsts(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  return giveFunction0(deviceOptions(options)).flatMap((move) => moveOption(text, move));
}

function markMultifunction(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  return findFirsts(deviceOptions(options)).flatMap(({ option }) =>
    setValue(text, option, 'multifunction', 'on'),
  );
}

/**
 * Each slot of the root bus that has devices of the host alone becomes one below a port, which takes
 * the place that they had: it is free then.
 */
function addPorts(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  const ids = new Set(options.map(({ values }) => values.get('id')));
  let chassis = Math.max(0, ...ports(options).map(chassisOf).filter(Number.isFinite));
  return hostSlots(deviceOptions(options))
    .filter((slot) => slot.every(isMovable))
    .flatMap((slot) => {
      const [first] = slot.toSorted((a, b) => a.option.start - b.option.start);
      if (first?.at === undefined) return [];
      do chassis += 1;
      while (ids.has(`rp${chassis}`));
      const addr = addressWord({ slot: first.at.slot, fn: 0 });
      const port = `-device pcie-root-port,id=rp${chassis},chassis=${chassis},bus=pcie.0,addr=${addr}`;
      return [addBefore(text, first.option, port), ...slot.flatMap((one) => below(text, one))];

      function below(all: string, one: DeviceOption): readonly TextEdit[] {
        const at = { bus: `rp${chassis}`, slot: 0, fn: one.at?.fn ?? 0 };
        return moveOption(all, { one, at, isMultifunction: false });
      }
    });
}

/** What is on the host's own root bus, such as Intel's graphics, is so by its nature. */
function isMovable({ bdf, at }: DeviceOption): boolean {
  return at?.bus === 'pcie.0' && bdf !== undefined && bdfParts(bdf).bus !== 0;
}

function ports(options: readonly OptionText[]): readonly OptionText[] {
  return options.filter(({ name, head }) => name === 'device' && head === 'pcie-root-port');
}

function chassisOf({ values }: OptionText): number {
  return Number(values.get('chassis') ?? Number.NaN);
}

function renumberChassis(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  const numbered = ports(options).filter((port) => Number.isInteger(chassisOf(port)));
  const numbers = renumber(numbered.map(chassisOf));
  return numbered.flatMap((port, index) => {
    const number = numbers.get(index);
    return number === undefined ? [] : setValue(text, port, 'chassis', String(number));
  });
}

/** Spelled as the others of the option are. */
function completeHyperv(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  const cpu = options.find(({ name }) => name === 'cpu');
  if (cpu === undefined) return [];
  const dash = [...cpu.values.keys()].find((key) => /^hv[-_]/.test(key))?.[2] ?? '-';
  const names = ['-', '_'].some((one) => isOn(cpu, `hv${one}stimer`))
    ? ['vpindex', 'synic']
    : ['vpindex'];
  return names.flatMap((name) => {
    const keys = [`hv-${name}`, `hv_${name}`];
    if (keys.some((key) => isOn(cpu, key))) return [];
    const key = keys.find((one) => cpu.values.has(one)) ?? `hv${dash}${name}`;
    return setValue(text, cpu, key, 'on');
  });
}

function isOn({ values }: OptionText, key: string): boolean {
  return (values.get(key) ?? 'off') !== 'off';
}

const UNITS: Readonly<Record<string, number>> = { '': 2 ** -20, b: 2 ** -20, k: 2 ** -10, m: 1 };

function roundSharedMemory(text: string, options: readonly OptionText[]): readonly TextEdit[] {
  const device = options.find(({ name, head }) => name === 'device' && head === 'ivshmem-plain');
  const id = device?.values.get('memdev');
  const memory = options.find(
    ({ name, values }) => name === 'object' && id !== undefined && values.get('id') === id,
  );
  const [, number = '', unit = ''] = /^([\d.]+)(\w?)$/.exec(memory?.values.get('size') ?? '') ?? [];
  const rounded = roundSharedMib(Number(number) * (UNITS[unit.toLowerCase()] ?? 1024));
  if (memory === undefined || rounded === undefined) return [];
  const size = isJson(text, memory) ? String(rounded * 2 ** 20) : `${rounded}M`;
  return setValue(text, memory, 'size', size);
}
