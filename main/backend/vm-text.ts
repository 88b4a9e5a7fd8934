import type { VmReport } from '../../shared/vm-report.ts';

/** What people should know beside the configuration; empty where there is nothing. */
export function vmText({ findings, steps, notes, unsupported }: VmReport): string {
  return [
    ...findings.map(
      ({ severity, path, text, remedy }) => `${severity}: ${text} ${remedy}${at(path)}`,
    ),
    ...unsupported.map(({ path, text }) => `not written: ${text}${at(path)}`),
    ...steps.map(
      ({ text, command }) => `first: ${text}${command === undefined ? '' : ` [${command}]`}`,
    ),
    ...notes.map(({ path, text }) => `note: ${text}${at(path)}`),
  ].join('\n');
}

function at(path: string): string {
  return path === '' ? '' : ` (${path})`;
}
