import { isUnreadable, known } from '../../../shared/fact.ts';
import type { ProviderKind } from '../../../shared/isolation.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isAtLeast } from '../../quirks/kernel-version.ts';
import { listNames, makeFinding, unreadEvidence } from './make-finding.ts';
import type { MachineContext } from './use-context.ts';

/**
 * Kernel arguments and modules that people copy and that do nothing, or nothing for VFIO.
 *
 * @see Linux Documentation/admin-guide/kernel-parameters.txt, `amd_iommu=`, `iommu=`; commit
 *   e2d55709398e (6.2) folded vfio_virqfd into vfio
 */
export function findKernelArguments(context: MachineContext): readonly Finding[] {
  const { commandLine } = context.engine.host;
  const words = (known(commandLine) ?? '').split(/\s+/);
  return [
    ...(isUnreadable(commandLine) ? [unknownArguments(commandLine.errno)] : []),
    ...withoutEffect(words, context.engine.iommu.provider),
    ...notNeeded(words),
    ...obsoleteModule(words, context),
  ];
}

function unknownArguments(errno: string): Finding {
  return makeFinding('command-line-unknown', 'note', [], {
    title: 'The kernel command line is not known',
    text: 'It may hide missing isolation (pcie_acs_override=) or switch the IOMMU off. "cat /proc/cmdline" shows it, without root',
    evidence: unreadEvidence('proc/cmdline', errno),
  });
}

/** Judged by the IOMMU at work, not by the processor: a virtual machine may mix them. */
function withoutEffect(words: readonly string[], provider: ProviderKind): readonly Finding[] {
  const idle = words.filter(
    (word) => word === 'amd_iommu=on' || (word === 'intel_iommu=on' && provider === 'amd-vi'),
  );
  if (idle.length === 0) return [];
  return [
    makeFinding('argument-without-effect', 'note', [], {
      title: `${listNames(idle)} on the kernel command line does nothing`,
      text: 'The kernel knows no such value for an AMD IOMMU, which is on wherever the firmware has it on. The argument can go',
      evidence: `proc/cmdline: ${idle.join(' ')}`,
    }),
  ];
}

function notNeeded(words: readonly string[]): readonly Finding[] {
  if (!words.includes('iommu=pt')) return [];
  return [
    makeFinding('argument-not-needed', 'note', [], {
      title: 'iommu=pt is not needed for passthrough',
      text: "It spares the host's own drivers the IOMMU, for speed, and changes nothing for functions that a VM has",
      evidence: 'proc/cmdline: iommu=pt',
    }),
  ];
}

function obsoleteModule(
  words: readonly string[],
  { engine, machine }: MachineContext,
): readonly Finding[] {
  const { kernel } = engine;
  if (kernel !== undefined && !isAtLeast(kernel, 6, 2)) return [];
  const places = [
    ...words.filter((word) => /vfio[-_]virqfd/.test(word)).map((word) => `proc/cmdline: ${word}`),
    ...machine.setup.vfioLines
      .filter(({ line }) => /vfio[-_]virqfd/.test(line))
      .map(({ path, line }) => `${path}: ${line.slice(0, 120)}`),
  ];
  if (places.length === 0) return [];
  return [
    makeFinding('module-obsolete', 'note', [], {
      title: 'The module vfio_virqfd is gone since Linux 6.2',
      text: 'It is a part of vfio now. Asking for it gives a warning and nothing else: take it out',
      evidence: listNames(places),
    }),
  ];
}
