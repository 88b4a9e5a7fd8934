import type { VmFinding } from '../../../shared/vm-report.ts';
import { counted } from '../../components/counted.ts';

/** How many findings of each weight: `1 stop, 2 risks`. */
export function severityCounts(findings: readonly VmFinding[]): string {
  const words = (['stop', 'risk', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  return words.length === 0 ? 'No findings' : words.join(', ');
}
