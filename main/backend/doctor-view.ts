import type { DoctorReport, LogText } from '../../shared/doctor-report.ts';
import type { Host } from '../../shared/host.ts';
import { makeContext } from '../engine/context.ts';
import { diagnose, hasCause, type Diagnosis } from '../engine/doctor/diagnose.ts';
import { hostFacts } from '../engine/doctor/join-host.ts';
import { fullStop } from './full-stop.ts';

/** Reads logs, with the facts of a host where one is given: the document of `doctor --json`. */
export function doctorView(
  logs: readonly LogText[],
  host: Host | undefined,
  context = host && makeContext(host),
): DoctorReport {
  const diagnoses = diagnose(logs);
  return {
    ...(host && { host: host.source.name }),
    foundCause: hasCause(diagnoses),
    diagnoses: diagnoses.map((one) =>
      diagnosisView(one, context === undefined ? [] : hostFacts(one, context)),
    ),
  };
}

function diagnosisView(
  one: Diagnosis,
  facts: readonly string[],
): DoctorReport['diagnoses'][number] {
  const { id, weight, meaning, check, remedy, source } = one.pattern;
  return {
    id,
    weight,
    ...(one.device !== undefined && { device: one.device }),
    log: one.log,
    line: one.line,
    lineNumber: one.lineNumber,
    count: one.count,
    meaning: fullStop(meaning),
    check: fullStop(check),
    remedy: fullStop(remedy),
    source,
    follows: [...one.follows],
    hostFacts: facts.map(fullStop),
  };
}
