import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { KERNEL_ARGUMENTS } from './kernel-arguments.ts';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';

/** What the kernel is told besides; seldom needed, so folded unless something is chosen. */
export function ArgumentChoice({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { arguments: chosen } = useAppSelector((state) => selectDraft(state, hostId));
  const toggle = (word: string) => {
    const next = chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen, word];
    dispatch(wishChanged({ hostId, change: { arguments: next } }));
  };
  return (
    <details open={chosen.length > 0} className="argument-choice">
      <summary className="wizard__subtitle">Kernel arguments besides</summary>
      <p className="dim">Most hosts need none. What is there already is not added again.</p>
      <ul className="choose__devices">
        {Object.entries(KERNEL_ARGUMENTS).map(([word, means]) => (
          <li key={word}>
            <label className="choice" data-chosen={chosen.includes(word)}>
              <input
                type="checkbox"
                checked={chosen.includes(word)}
                onChange={() => toggle(word)}
              />
              <span className="choice__words">
                <code className="choice__name">{word}</code>
                <span className="choice__text">{means}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
