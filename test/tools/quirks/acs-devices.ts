import type { TypeFacts } from './btf.ts';
import type { KernelAcsRow } from './acs-rows.ts';
import type { NamedKernel } from './kallsyms.ts';
import { bytesAt } from './kernel-memory.ts';
import { QuirkToolError } from './quirk-tool-error.ts';
import { runCode } from './run-code.ts';

/** Devices that a function of `pci_dev_acs_enabled[]` names in its code. */
export interface AcsDevices {
  readonly vendor: string;
  /** One device, or the first and the last of a range: `0100-010f`. */
  readonly device: string;
  readonly kernelFunction: string;
}

/** Functions that decide by the device id and the type of the port. */
const ASKED = [
  'pci_quirk_cavium_acs',
  'pci_quirk_intel_spt_pch_acs',
  'pci_quirk_wangxun_nic_acs',
  'pci_quirk_zhaoxin_pcie_ports_acs',
];
/** What `pci_acs_enabled()` is asked for when groups are made: SV, RR, CR, UF. */
const REQUIRED_ACS = 0x1d;
/** PCI Express capabilities register of a root port, version 2. */
const ROOT_PORT = 0x42;
const IDS = 0x1_0000;
const YES = 1;
/** What a function gives back that answers yes or no; the rest may be left over. */
const BOOLEAN = 0xff;

/** Asks each of these functions about every device id, as a root port. */
export function findAcsDevices(
  kernel: NamedKernel,
  rows: readonly KernelAcsRow[],
  { members }: TypeFacts,
): readonly AcsDevices[] {
  return rows
    .filter(({ kernelFunction }) => ASKED.includes(kernelFunction))
    .flatMap(({ vendor, kernelFunction }) => {
      // Some compilers keep the comparison of the ids as a function of its own.
      const code = codeOf(kernel, `${kernelFunction}_match`) ?? codeOf(kernel, kernelFunction);
      if (code === undefined) {
        throw new QuirkToolError(`The kernel does not name its function ${kernelFunction}`);
      }
      const isNamed = (id: number) => {
        const { answer, membersRead } = runCode({
          code,
          argument: REQUIRED_ACS,
          members: new Map([
            [members.device, id],
            [members.pcie_cap, 1],
            [members.pcie_flags_reg, ROOT_PORT],
            [members.acs_cap, 0],
          ]),
        });
        // With an id that is not named, the code does not come to ask for the ACS capability.
        return (answer & BOOLEAN) === YES || membersRead.has(members.acs_cap);
      };
      const ranges = withName(kernelFunction, () => findRanges(isNamed));
      return ranges.map((device) => ({ vendor, device, kernelFunction }));
    });
}

/** Says in which function the code was not understood. */
function withName<T>(kernelFunction: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof QuirkToolError)) throw error;
    throw new QuirkToolError(`Cannot follow ${kernelFunction}(): ${error.message}`);
  }
}

/** The ids that are asked for, as ranges. */
export function findRanges(isWanted: (id: number) => boolean): readonly string[] {
  const ranges: { first: number; last: number }[] = [];
  for (let id = 0; id < IDS; id++) {
    if (!isWanted(id)) continue;
    const range = ranges.at(-1);
    if (range?.last === id - 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  const text = (id: number) => id.toString(16).padStart(4, '0');
  return ranges.map(({ first, last }) =>
    first === last ? text(first) : `${text(first)}-${text(last)}`,
  );
}

function codeOf({ memory, symbols }: NamedKernel, name: string): Buffer | undefined {
  const start = symbols.addressOf(name);
  const end = start === undefined ? undefined : symbols.nextAfter(start);
  return start === undefined || end === undefined ? undefined : bytesAt(memory, start, end - start);
}
