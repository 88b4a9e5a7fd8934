import { extractVmlinux } from '../../support/extract-vmlinux.ts';
import { findAcsDevices, type AcsDevices } from './acs-devices.ts';
import {
  readAcsOps,
  readAcsRows,
  readFixedAliases,
  readIntelPchIds,
  type FixedAlias,
  type KernelAcsOps,
  type KernelAcsRow,
} from './acs-rows.ts';
import { readTypeFacts } from './btf.ts';
import { readFixups, type Fixup } from './fixups.ts';
import { findHookEffects, type HookEffect } from './hook-effects.ts';
import { readKallsyms, type NamedKernel } from './kallsyms.ts';
import { bytesAt } from './kernel-memory.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** The tables that one kernel holds about isolation. */
export interface KernelTables {
  /** Text of `linux_banner`. */
  readonly banner: string;
  readonly fixups: readonly Fixup[];
  /** By hook; hooks without an effect that matters are left out. */
  readonly hookEffects: ReadonlyMap<string, readonly HookEffect[]>;
  /** In the kernel's order, which decides. */
  readonly acsRows: readonly KernelAcsRow[];
  readonly acsDevices: readonly AcsDevices[];
  readonly acsOps: readonly KernelAcsOps[];
  readonly intelPchIds: readonly string[];
  readonly fixedAliases: readonly FixedAlias[];
}

/** @param image - vmlinuz, or a vmlinux that holds kallsyms and BTF. */
export function readKernelTables(image: Buffer): KernelTables {
  const kernel = readKallsyms(extractVmlinux(image));
  if (kernel.memory.architecture !== 'x86_64') {
    throw new QuirkToolError('The code of hooks can only be read on x86; give an amd64 kernel');
  }
  const types = readTypeFacts(btfOf(kernel));
  const fixups = readFixups(kernel);
  const acsRows = readAcsRows(kernel);
  return {
    banner: kernel.banner,
    fixups,
    hookEffects: findHookEffects(kernel, fixups, types),
    acsRows,
    acsDevices: findAcsDevices(kernel, acsRows, types),
    acsOps: readAcsOps(kernel),
    intelPchIds: readIntelPchIds(kernel),
    fixedAliases: readFixedAliases(kernel, types.deviceIdBytes),
  };
}

function btfOf({ memory, symbols }: NamedKernel): Buffer {
  const start = symbols.addressOf('__start_BTF');
  const end = symbols.addressOf('__stop_BTF');
  if (start === undefined || end === undefined) {
    throw new QuirkToolError('The kernel does not describe its types (BTF)');
  }
  return bytesAt(memory, start, end - start);
}
