import type { LogText } from '../../shared/doctor-report.ts';

/** One log with this text. */
export function asLogs(text: string): readonly LogText[] {
  return [{ name: 'log', text }];
}
