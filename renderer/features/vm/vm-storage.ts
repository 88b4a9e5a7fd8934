import { FORM_CHOICES, NEW_DEVICE, NEW_DISK, NEW_FORM, NEW_NETWORK } from './vm-form.ts';
import type { VmForm } from './vm-form.ts';
import { NEW_VM, type VmDraft, type VmState } from './vm-slice.ts';
import { VM_TARGET_NAMES } from './vm-targets.ts';

const KEY = 'airlock.vms';
/** Hosts whose form is kept; the ones that were made last. */
const MOST = 40;

/** The forms of the last time; what is missing or unknown takes its default. */
export function readVms(storage: Storage): VmState {
  const drafts = Object.entries(parse(storage.getItem(KEY))).map(
    ([source, value]) => [source, readDraft(value)] as const,
  );
  return { drafts: Object.fromEntries(drafts), views: {} };
}

/** Keeps the forms; a full or forbidden storage only costs the keeping. */
export function writeVms(storage: Storage, drafts: VmState['drafts']): void {
  try {
    const last = Object.fromEntries(Object.entries(drafts).slice(-MOST));
    storage.setItem(KEY, JSON.stringify(last));
  } catch (cause) {
    console.warn('Cannot keep the forms of virtual machines', cause);
  }
}

function readDraft(value: unknown): VmDraft {
  const { form, target } = recordOf(value);
  return {
    form: readForm(recordOf(form)),
    target: VM_TARGET_NAMES.find((name) => name === target) ?? NEW_VM.target,
  };
}

/** Lists of parts, with what a new part is. */
const PARTS = { devices: NEW_DEVICE, disks: NEW_DISK, networks: NEW_NETWORK } as const;

function readForm(kept: Readonly<Record<string, unknown>>): VmForm {
  const lists = Object.entries(PARTS).map(([name, fresh]) => {
    const parts = kept[name];
    return [
      name,
      Array.isArray(parts)
        ? parts.map((part) => likeOf(fresh, recordOf(part)))
        : NEW_FORM[name as keyof typeof PARTS],
    ];
  });
  const choices = Object.entries(FORM_CHOICES).map(([name, known]) => [
    name,
    (known as readonly unknown[]).find((one) => one === kept[name]) ??
      NEW_FORM[name as keyof typeof FORM_CHOICES],
  ]);
  return {
    ...likeOf(NEW_FORM, kept),
    ...Object.fromEntries([...lists, ...choices]),
  } as VmForm;
}

/** The same fields with the same types of values. */
function likeOf<T extends object>(fresh: T, kept: Readonly<Record<string, unknown>>): T {
  return Object.fromEntries(
    Object.entries(fresh).map(([name, usual]) => [
      name,
      typeof kept[name] === typeof usual ? kept[name] : usual,
    ]),
  ) as T;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text ?? '{}'));
  } catch (cause) {
    console.warn('The kept forms of virtual machines are not JSON; beginning anew', cause);
    return {};
  }
}
