import type { Explanation } from '../../../shared/view.ts';
import { SplitList } from '../../components/SplitList.tsx';

/** What would split the group, safest first. */
export function SplitsSection({ explanation }: { explanation: Explanation | undefined }) {
  if (explanation === undefined) return null;
  return (
    <section className="panel">
      <h3 className="panel-title">What would split it</h3>
      <SplitList splits={explanation.splits} />
    </section>
  );
}
