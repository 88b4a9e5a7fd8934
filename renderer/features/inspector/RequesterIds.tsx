import type { Explanation } from '../../../shared/view.ts';
import { Term } from '../../components/Term.tsx';

/** Under which identities the IOMMU sees the DMA of the function. */
export function RequesterIds({ explanation }: { explanation: Explanation | undefined }) {
  if (explanation === undefined || explanation.requesterIds.length === 0) return null;
  return (
    <section className="panel">
      <h3 className="panel-title">
        <Term id="requesterId">Requester IDs</Term>
      </h3>
      <dl className="fact-list">
        {explanation.requesterIds.map(({ id, text }) => (
          <div key={id}>
            <dt className="mono">{id}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
