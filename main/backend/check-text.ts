import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { Host } from '../../shared/host.ts';
import type { CheckView } from '../../shared/view.ts';
import type { DeviceNames } from './device-names.ts';
import { hostTitle } from './host-title.ts';

const WORDS = {
  ready: 'READY',
  'needs-companions': 'NEEDS COMPANIONS',
  risky: 'RISKY',
  blocked: 'BLOCKED',
  unknown: 'UNKNOWN',
} as const;

/** `airlock check` for people. */
export function checkText(
  source: string,
  checks: readonly CheckView[],
  host: Host,
  names: DeviceNames,
): string {
  const name = (address: string) => {
    const fn = host.functions.find(({ bdf }) => bdf === address);
    return fn ? `${shortBdf(fn.bdf)} ${names.device(fn)}` : shortBdf(address as Bdf);
  };
  return [
    `${hostTitle(host)} (${source})`,
    ...checks.flatMap((check) => ['', ...checkLines(check, name)]),
  ].join('\n');
}

function checkLines(check: CheckView, name: (address: string) => string): readonly string[] {
  const withDriver = (driver: string | undefined) => (driver === undefined ? '' : ` (${driver})`);
  return [
    `${WORDS[check.verdict]}: ${check.asked.map(name).join(', ')}`,
    `  ${check.sentence}`,
    ...check.moves.map(({ bdf, driver }) => `  moves: ${name(bdf)}${withDriver(driver)}`),
    ...check.stays.map(
      ({ member, driver, reason }) => `  stays: ${name(member)}${withDriver(driver)}: ${reason}`,
    ),
    ...check.findings.map(
      ({ severity, title, text, evidence }) => `  ${severity}: ${title}. ${text} [${evidence}]`,
    ),
  ];
}
