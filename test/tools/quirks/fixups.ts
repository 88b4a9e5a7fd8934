import type { Address } from './address.ts';
import { idText } from './id-text.ts';
import type { NamedKernel } from './kallsyms.ts';
import { bytesAt } from './kernel-memory.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** One `DECLARE_PCI_FIXUP_*()`. */
export interface Fixup {
  /** Four hexadecimal digits, or `ANY`. */
  readonly vendor: string;
  readonly device: string;
  /** Class code shifted right by `classShift`; `undefined` where any class is meant. */
  readonly classCode: number | undefined;
  readonly classShift: number;
  readonly stage: string;
  /** The function that the kernel calls. */
  readonly hook: string;
  readonly hookAddress: Address;
}

/** A fixup as it lies in the kernel, before its hook has a name. */
export type FixupEntry = Omit<Fixup, 'stage' | 'hook'>;

/** When the kernel calls a hook; one part of the table each. */
const STAGES = [
  'early',
  'header',
  'final',
  'enable',
  'resume',
  'resume_early',
  'suspend',
  'suspend_late',
] as const;
const ENTRY_BYTES = 16;
const ANY_CLASS = 0xffff_ffff;

/** Reads every fixup that is built into the kernel. */
export function readFixups(kernel: NamedKernel): readonly Fixup[] {
  const fixups = STAGES.flatMap((stage) => readStage(kernel, stage));
  const section = kernel.memory.sections.get('.pci_fixup');
  if (section !== undefined && section.size !== fixups.length * ENTRY_BYTES) {
    throw new QuirkToolError(
      `The fixups of all stages are ${fixups.length}, the section .pci_fixup has room for ${section.size / ENTRY_BYTES}`,
    );
  }
  return fixups;
}

function readStage({ memory, symbols }: NamedKernel, stage: string): readonly Fixup[] {
  const start = symbols.addressOf(`__start_pci_fixups_${stage}`);
  const end = symbols.addressOf(`__end_pci_fixups_${stage}`);
  if (start === undefined || end === undefined) {
    throw new QuirkToolError(`The kernel does not name its fixups of the stage ${stage}`);
  }
  return decodeFixups(bytesAt(memory, start, end - start), start).map((entry) => {
    const [hook] = symbols.functionsAt(entry.hookAddress);
    if (hook === undefined) throw new QuirkToolError(`A ${stage} fixup has a hook without a name`);
    return { ...entry, stage, hook };
  });
}

/**
 * Decodes an array of `struct pci_fixup`: vendor, device, class, shift of the class, and the hook
 * as distance from the field that holds it.
 *
 * @param start - Address of the first entry.
 * @see Linux include/linux/pci.h, `struct pci_fixup` with CONFIG_HAVE_ARCH_PREL32_RELOCATIONS
 */
export function decodeFixups(bytes: Buffer, start: Address): readonly FixupEntry[] {
  return Array.from({ length: Math.floor(bytes.length / ENTRY_BYTES) }, (_, index) => {
    const at = index * ENTRY_BYTES;
    const classCode = bytes.readUInt32LE(at + 4);
    return {
      vendor: idText(bytes.readUInt16LE(at)),
      device: idText(bytes.readUInt16LE(at + 2)),
      classCode: classCode === ANY_CLASS ? undefined : classCode,
      classShift: bytes.readUInt32LE(at + 8),
      hookAddress: start + at + 12 + bytes.readInt32LE(at + 12),
    };
  });
}
