import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { DoctorReport } from '../../shared/doctor-report.ts';

type DiagnosisView = DoctorReport['diagnoses'][number];

/**
 * `airlock doctor` for people: what is wrong and why, then what follows from it, then the rest.
 *
 * @param logCount - How many logs were read; only of several each is named.
 */
export function doctorText({ diagnoses }: DoctorReport, logCount = 1): string {
  if (diagnoses.length === 0) {
    return logCount === 1 ? 'No line of this log is known.' : 'No line of these logs is known.';
  }
  const place = ({ log, lineNumber }: DiagnosisView) =>
    logCount === 1 ? `line ${lineNumber}` : `${log}, line ${lineNumber}`;
  const harmless = diagnoses.filter(({ weight }) => weight === 'harmless');
  const others = diagnoses.filter(({ weight }) => weight !== 'harmless');
  return [
    ...(others.length === 0 ? ['No known line says that something is wrong.'] : []),
    ...others.map((one) => blockOf(one, place(one))),
    ...(harmless.length === 0 ? [] : [harmlessLines(harmless, place)]),
  ].join('\n\n');
}

function blockOf(one: DiagnosisView, place: string): string {
  const device = one.device === undefined ? '' : `  ${shortBdf(one.device as Bdf)}`;
  const times = one.count > 1 ? `, ${one.count} times` : '';
  return [
    `${one.follows.length > 0 ? 'Follows from it' : 'Found'}: ${one.id}${device}`,
    `  ${place}${times}: ${one.line}`,
    `  ${one.meaning}`,
    ...one.hostFacts.map((fact) => `  This host: ${fact}`),
    ...(one.follows.length > 0
      ? [`  Look at ${one.follows.join(', ')} first.`]
      : [`  Look at: ${one.check}`, `  Do: ${one.remedy}`]),
    `  (${one.source})`,
  ].join('\n');
}

function harmlessLines(
  harmless: readonly DiagnosisView[],
  place: (one: DiagnosisView) => string,
): string {
  const seen = new Map(harmless.map((one) => [one.id, one]));
  return ['Harmless:', ...[...seen.values()].map((one) => `  ${place(one)}: ${one.meaning}`)].join(
    '\n',
  );
}
