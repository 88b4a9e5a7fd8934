import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';

interface BootChoiceProps {
  readonly hostId: string;
  /** `undecided-initramfs` or `undecided-loader`. */
  readonly code: string;
  readonly choices: readonly string[];
}

/** What files do not tell about the boot of a host, for a person who knows. */
export function BootChoice({ hostId, code, choices }: BootChoiceProps) {
  const dispatch = useAppDispatch();
  const field = code === 'undecided-loader' ? 'loader' : 'initramfs';
  const chosen = useAppSelector((state) => selectDraft(state, hostId)[field]);
  return (
    <label className="boot-choice">
      {field === 'loader' ? 'What makes the kernel line' : 'What builds the boot image'}
      <select
        value={chosen ?? ''}
        onChange={(event) =>
          dispatch(wishChanged({ hostId, change: { [field]: event.currentTarget.value } }))
        }
      >
        <option value="" disabled>
          Choose
        </option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}
