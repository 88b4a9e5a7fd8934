import type { SharedMemory } from '../../../shared/placed-vm.ts';
import type { OptionWords } from '../../../shared/vm-text.ts';

/** An option as it was read. */
export interface QemuOption extends OptionWords {
  /** Which word its name is. */
  readonly index: number;
}

/** Options that stand alone. */
const WITHOUT_VALUE = new Set(
  'nodefaults no-user-config enable-kvm daemonize S no-reboot no-shutdown nographic snapshot no-acpi no-hpet'.split(
    ' ',
  ),
);

/** Reads words as options of QEMU; words that belong to none are passed over. */
export function readOptions(words: readonly string[]): readonly QemuOption[] {
  const options: QemuOption[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const name = /^--?([a-z][\w-]*)$/i.exec(words[index] ?? '')?.[1];
    if (name === undefined) continue;
    const next = words[index + 1];
    if (WITHOUT_VALUE.has(name) || next === undefined) {
      options.push({ name, index, head: '', values: new Map() });
      continue;
    }
    options.push({ name, index, ...readValue(next) });
    index += 1;
  }
  return options;
}

function readValue(text: string): Pick<QemuOption, 'head' | 'values'> {
  return text.startsWith('{') ? readJson(text) : readKeys(text);
}

/** A comma within a value stands twice. @see QEMU util/keyval.c */
function readKeys(text: string): Pick<QemuOption, 'head' | 'values'> {
  const parts = [...text.matchAll(/(?:[^,]|,,)+/g)].map(([part]) => part.replaceAll(',,', ','));
  const [first = '', ...rest] = parts;
  const hasHead = !/^[\w.-]+=/.test(first);
  const pairs = (hasHead ? rest : parts).map((part): [string, string] => {
    const at = part.indexOf('=');
    return at < 0 ? [part, 'on'] : [part.slice(0, at), part.slice(at + 1)];
  });
  const values = new Map(pairs);
  return { head: hasHead ? first : (values.get('driver') ?? values.get('qom-type') ?? ''), values };
}

function readJson(text: string): Pick<QemuOption, 'head' | 'values'> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // No JSON: an argument that nobody can read says nothing.
    return { head: '', values: new Map() };
  }
  const values = new Map(
    Object.entries(parsed as object).map(([key, value]) => [key, valueText(value)]),
  );
  return { head: values.get('driver') ?? values.get('qom-type') ?? '', values };
}

function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A size in MiB: plain numbers are bytes, or of the unit that the option takes. */
export function sizeMib(text: string | undefined, plainUnit = 2 ** -20): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bkmgt]?)$/i.exec(text ?? '');
  if (match === null) return undefined;
  const units = { b: 2 ** -20, k: 2 ** -10, m: 1, g: 1024, t: 1024 ** 2, '': plainUnit };
  return Number(match[1]) * units[match[2]?.toLowerCase() as keyof typeof units];
}

/** The memory of Looking Glass, plain or of its module. */
export function sharedMemoryOf(options: readonly QemuOption[]): SharedMemory | undefined {
  const device = options.find(({ name, head }) => name === 'device' && head === 'ivshmem-plain');
  const id = device?.values.get('memdev');
  const memory = options.find(
    ({ name, values }) => name === 'object' && id !== undefined && values.get('id') === id,
  );
  const path = memory?.values.get('mem-path');
  const size = sizeMib(memory?.values.get('size'));
  if (path === undefined || size === undefined) return undefined;
  return path.startsWith('/dev/kvmfr')
    ? { name: 'looking-glass', sizeMib: size, backing: 'kvmfr' }
    : { name: path.slice(path.lastIndexOf('/') + 1), sizeMib: size, backing: 'shm' };
}

/** The window that the firmware is told to keep. */
export function windowOf(options: readonly QemuOption[]): number | undefined {
  const option = options.find(
    ({ name, values, head }) =>
      name === 'fw_cfg' && (values.get('name') ?? head) === 'opt/ovmf/X-PciMmio64Mb',
  );
  const mib = Number(option?.values.get('string'));
  return Number.isInteger(mib) && mib > 0 ? mib : undefined;
}
