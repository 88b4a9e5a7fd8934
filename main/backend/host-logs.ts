import type { LogText } from '../../shared/doctor-report.ts';
import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';

/** The logs that the source of a host holds: of its machines, then of the kernel. */
export function hostLogs({ machine }: Host): readonly LogText[] {
  const lines = known(machine?.kernelLog) ?? [];
  const kernel = { name: 'kernel log, the part about PCI', text: lines.join('\n') };
  const logs = [...(known(machine?.guestLogs) ?? []), kernel];
  return logs.filter(({ text }) => text.trim() !== '');
}
