import type { Explanation } from '../../../shared/view.ts';
import { useAppDispatch } from '../../app/hooks.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { SplitList } from '../../components/SplitList.tsx';

/** What would split the group, safest first. */
export function SplitsSection({ explanation }: { explanation: Explanation | undefined }) {
  const dispatch = useAppDispatch();
  if (explanation === undefined) return null;
  return (
    <section className="panel">
      <h3 className="panel-title">What would split it</h3>
      <SplitList splits={explanation.splits} />
      <button type="button" className="link-button" onClick={() => dispatch(tabChosen('whatif'))}>
        Try changes in What-if
      </button>
    </section>
  );
}
