import { createSelector } from '@reduxjs/toolkit';
import type { LogText } from '../../../shared/doctor-report.ts';
import type { RootState } from '../../app/store.ts';

/** Every log that would be read now: the pasted one, where there is something in it, and files. */
export const selectLogs = createSelector(
  (state: RootState) => state.doctor.pasted,
  (state: RootState) => state.doctor.files,
  (pasted, files): readonly LogText[] => [
    ...(pasted.trim() === '' ? [] : [{ name: 'pasted text', text: pasted }]),
    ...files,
  ],
);

/** The lines of the answer by what they are good for, in the order of the answer. */
export const selectDiagnoses = createSelector(
  (state: RootState) => state.doctor.answer,
  (answer) => {
    const all = answer?.report.diagnoses ?? [];
    const wrong = all.filter(({ weight }) => weight !== 'harmless');
    return {
      first: wrong.filter(({ follows }) => follows.length === 0),
      following: wrong.filter(({ follows }) => follows.length > 0),
      harmless: all.filter(({ weight }) => weight === 'harmless'),
    };
  },
);
