import { Checkbox } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Term } from '../../components/Term.tsx';
import { valueOf } from './change-words.ts';
import { selectWhatif } from './whatif-selectors.ts';
import { changeRemoved } from './whatif-slice.ts';

const FORMS = [
  { value: 'downstream', label: 'downstream: believe root ports and switches' },
  { value: 'multifunction', label: 'multifunction: believe the functions of one card' },
] as const;

interface OverrideFormProps {
  readonly hostId: string;
  readonly onAdd: (word: string) => void;
}

/** Shows what the override would pretend; it comes last, and as what it is. */
export function OverrideForm({ hostId, onAdd }: OverrideFormProps) {
  const dispatch = useAppDispatch();
  const { changes } = useAppSelector((state) => selectWhatif(state, hostId));
  const value = valueOf(changes, 'acs-override') ?? '';
  const parts = value === '' ? [] : value.split(',');
  const toggle = (part: string) => {
    const next = parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part];
    if (next.length > 0) onAdd(`acs-override=${next.join(',')}`);
    else dispatch(changeRemoved({ hostId, value: `acs-override=${value}` }));
  };
  return (
    <fieldset className="whatif-form whatif-form--override">
      <legend className="whatif-form__title">
        See what the <Term id="acsOverride">ACS override</Term> would hide
      </legend>
      <p className="whatif-form__warning">
        <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
        Not a fix: it shows smaller groups and hides the missing isolation.
      </p>
      {FORMS.map((form) => (
        <Checkbox
          key={form.value}
          size="xs"
          label={form.label}
          checked={parts.includes(form.value)}
          onChange={() => toggle(form.value)}
        />
      ))}
    </fieldset>
  );
}
