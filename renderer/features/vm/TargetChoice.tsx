import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectVmDraft, selectVmSource } from './vm-selectors.ts';
import { targetChosen } from './vm-slice.ts';
import { VM_TARGETS, VM_TARGET_NAMES } from './vm-targets.ts';

/** What the configuration is written for. */
export function TargetChoice({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const source = useAppSelector((state) => selectVmSource(state, hostId));
  const { target } = useAppSelector((state) => selectVmDraft(state, hostId));
  return (
    <fieldset className="vm-targets">
      <legend className="hidden-term">Written for</legend>
      {VM_TARGET_NAMES.map((name) => (
        <label key={name} className="vm-target" data-chosen={name === target}>
          <input
            type="radio"
            name="vm-target"
            checked={name === target}
            onChange={() => dispatch(targetChosen({ source, hostId, target: name }))}
          />
          {VM_TARGETS[name].word}
        </label>
      ))}
    </fieldset>
  );
}
