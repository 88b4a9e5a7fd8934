import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { DoctorReport } from '../../shared/doctor-report.ts';

type DiagnosisView = DoctorReport['diagnoses'][number];

/** `airlock doctor` for people: what is wrong and why, then what follows from it, then the rest. */
export function doctorText({ diagnoses }: DoctorReport): string {
  if (diagnoses.length === 0) return 'No line of this log is known.';
  const harmless = diagnoses.filter(({ weight }) => weight === 'harmless');
  const others = diagnoses.filter(({ weight }) => weight !== 'harmless');
  return [
    ...(others.length === 0 ? ['No known line says that something is wrong.'] : []),
    ...others.map(blockOf),
    ...(harmless.length === 0 ? [] : [harmlessLines(harmless)]),
  ].join('\n\n');
}

function blockOf(one: DiagnosisView): string {
  const device = one.device === undefined ? '' : `  ${shortBdf(one.device as Bdf)}`;
  const times = one.count > 1 ? `, ${one.count} times` : '';
  return [
    `${one.follows.length > 0 ? 'Follows from it' : 'Found'}: ${one.id}${device}`,
    `  line ${one.lineNumber}${times}: ${one.line}`,
    `  ${one.meaning}`,
    ...one.hostFacts.map((fact) => `  This host: ${fact}`),
    ...(one.follows.length > 0
      ? [`  Look at ${one.follows.join(', ')} first.`]
      : [`  Look at: ${one.check}`, `  Do: ${one.remedy}`]),
    `  (${one.source})`,
  ].join('\n');
}

function harmlessLines(harmless: readonly DiagnosisView[]): string {
  const seen = new Map(harmless.map((one) => [one.id, one]));
  return [
    'Harmless:',
    ...[...seen.values()].map(({ lineNumber, meaning }) => `  line ${lineNumber}: ${meaning}`),
  ].join('\n');
}
