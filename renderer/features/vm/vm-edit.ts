import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import type { FormProblems } from './form-problems.ts';
import type { VmForm } from './vm-form.ts';
import { selectFormProblems, selectVmDraft } from './vm-selectors.ts';
import { changeForm } from './vm-thunks.ts';

/** The form of a host, and how its fields change it. */
export interface VmEdit {
  readonly form: VmForm;
  readonly problems: FormProblems;
  readonly change: (change: Partial<VmForm>) => void;
}

export function useVmEdit(hostId: string): VmEdit {
  const dispatch = useAppDispatch();
  const { form } = useAppSelector((state) => selectVmDraft(state, hostId));
  const problems = useAppSelector((state) => selectFormProblems(state, hostId));
  return { form, problems, change: (change) => dispatch(changeForm(hostId, change)) };
}

/** A list with one entry changed. */
export function changedAt<T>(list: readonly T[], index: number, change: Partial<T>): readonly T[] {
  return list.map((one, at) => (at === index ? { ...one, ...change } : one));
}

/** A list without one entry. */
export function withoutAt<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, at) => at !== index);
}
