import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOption } from './parse-option.ts';
import { valueWithoutKvm } from './without-kvm.ts';

/** A command line that QEMU takes without the hardware, and what had to be changed for it. */
export interface StandIns {
  readonly argv: readonly string[];
  readonly changes: readonly string[];
}

type Values = Readonly<Record<string, string>>;

/** Ways to leave an option out: its reason stands in the table of the checks. */
const DROPPED: Readonly<Record<string, string>> = {
  '-mon': 'monitors',
  '-qmp': 'monitors',
  '-spice': 'screens',
  '-vnc': 'screens',
  '-display': 'screens',
  '-tpmdev': 'TPM',
  '-S': '',
  '-no-shutdown': '',
};
const ALONE = new Set(['-S', '-no-shutdown', '-nodefaults', '-no-user-config', '-no-hpet']);

/**
 * Replaces what needs the host: devices of VFIO become QEMU's `edu` at the same places, KVM becomes
 * emulation, files become empty ones, memory becomes ordinary memory.
 *
 * @param words - Options and values, without the program.
 * @param folder - For the empty files.
 */
export function standIns(words: readonly string[], folder: string): StandIns {
  const argv: string[] = [];
  const changes = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    const option = words[at] ?? '';
    const value = ALONE.has(option) ? undefined : words[(at += 1)];
    const reason = DROPPED[option];
    if (reason !== undefined) {
      if (reason !== '') changes.add(`${reason} left out`);
      continue;
    }
    const replaced = value === undefined ? [option] : replace(option, value, { folder, changes });
    argv.push(...replaced);
  }
  return { argv, changes: [...changes] };
}

interface Place {
  readonly folder: string;
  readonly changes: Set<string>;
}

function replace(option: string, value: string, place: Place): readonly string[] {
  const values = parseOption(value);
  const isJson = value.startsWith('{');
  const same = [option, value];
  switch (option) {
    case '-device':
      return device(values, isJson, place) ?? same;
    case '-machine':
    case '-accel':
      place.changes.add('KVM to emulation');
      return [option, valueWithoutKvm(option, value)];
    case '-cpu':
      place.changes.add('processor host to max, enlightenments off');
      return [option, valueWithoutKvm(option, value)];
    case '-object':
      return object(values, place) ?? same;
    case '-blockdev':
      return blockDevice(values, isJson, place) ?? same;
    case '-drive':
      return values['unit'] === '1'
        ? [option, value.replace(/file=.*$/, `file=${flash(place)}`)]
        : same;
    case '-netdev':
      place.changes.add('networks to user networking');
      return [option, `user,id=${values['id']}`];
    case '-chardev':
      return [option, `null,id=${values['id']}`];
    case '-audiodev':
      return [option, `none,id=${values['id']}`];
    default:
      return same;
  }
}

/** QEMU makes devices of the older form first, so each keeps the form that it has. */
function device(
  values: Values,
  isJson: boolean,
  { changes }: Place,
): readonly string[] | undefined {
  const { driver = '', id = '', bus = '', addr = '', multifunction, tpmdev } = values;
  if (tpmdev !== undefined) return [];
  if (!driver.startsWith('vfio-pci')) return undefined;
  changes.add('devices of the host to edu');
  const kept = {
    driver: 'edu',
    id,
    bus,
    addr,
    ...(multifunction === 'on' && { multifunction: true }),
  };
  if (isJson) return ['-device', JSON.stringify(kept)];
  const { driver: name, multifunction: flag, ...rest } = kept;
  const pairs = Object.entries(rest).map(([key, one]) => `${key}=${one}`);
  return ['-device', [name, ...pairs, ...(flag ? ['multifunction=on'] : [])].join(',')];
}

function object(values: Values, { folder, changes }: Place): readonly string[] | undefined {
  const { driver = '', id = '', size = '' } = values;
  if (['input-linux', 'secret', 'iommufd', 'thread-context'].includes(driver)) {
    if (driver === 'input-linux') changes.add('evdev left out');
    return [];
  }
  if (!driver.startsWith('memory-backend')) return undefined;
  if (id === 'ram0' || id === 'pc.ram') {
    changes.add('memory of nodes and hugepages to ordinary memory');
    return ['-object', `memory-backend-ram,id=${id},size=${size}`];
  }
  const path = join(folder, `shared-${id}`);
  return ['-object', `memory-backend-file,id=${id},size=${size},share=on,mem-path=${path}`];
}

function blockDevice(values: Values, isJson: boolean, place: Place): readonly string[] | undefined {
  const { driver = '', filename } = values;
  const node = values['node-name'] ?? '';
  if (filename === undefined) {
    if (driver !== 'qcow2') return undefined;
    const plain = { driver: 'raw', 'node-name': node, file: values['file'] };
    return [
      '-blockdev',
      isJson ? JSON.stringify(plain) : `raw,node-name=${node},file=${plain.file}`,
    ];
  }
  if (existsSync(filename)) return undefined;
  place.changes.add('images to empty files');
  const path = node.includes('pflash') ? flash(place) : empty(join(place.folder, node), 2 ** 20);
  return ['-blockdev', JSON.stringify({ driver: 'file', filename: path, 'node-name': node })];
}

/** Variables of the firmware have the size that belongs to its code. */
function flash({ folder }: Place): string {
  return empty(join(folder, 'variables'), statSync('/usr/share/OVMF/OVMF_VARS_4M.fd').size);
}

function empty(path: string, bytes: number): string {
  writeFileSync(path, '');
  truncateSync(path, bytes);
  return path;
}
