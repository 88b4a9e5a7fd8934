import type { DoctorReport } from '../../../shared/doctor-report.ts';

type Weight = DoctorReport['diagnoses'][number]['weight'];

/** How grave a line is: word and colour. */
export const DIAGNOSIS_WEIGHTS: Readonly<
  Record<Weight, { readonly word: string; readonly tone: string }>
> = {
  cause: { word: 'Cause', tone: 'blocked' },
  symptom: { word: 'Symptom', tone: 'risky' },
  harmless: { word: 'Harmless', tone: 'plain' },
};
