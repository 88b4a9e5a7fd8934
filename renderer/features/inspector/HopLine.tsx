import type { Hop } from '../../../shared/view.ts';
import { useAppDispatch } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { TermText } from '../../components/TermText.tsx';
import { HOP_OUTCOMES } from '../../components/hop-outcomes.ts';
import type { TextPiece } from '../../components/split-by-terms.ts';
import { functionSelected } from '../selection/selection-slice.ts';

interface HopLineProps {
  readonly hostId: string;
  readonly hop: Hop;
  readonly number: number;
  readonly pieces: readonly TextPiece[];
}

/** One step from the function towards the root: the device, the rule in words, the evidence. */
export function HopLine({ hostId, hop, number, pieces }: HopLineProps) {
  const dispatch = useAppDispatch();
  const outcome = HOP_OUTCOMES[hop.outcome];
  return (
    <li className={`hop tone-${outcome.tone}`} data-outcome={hop.outcome}>
      <span className="hop__number" aria-hidden="true">
        {number}
      </span>
      <div className="hop__body">
        <p className="hop__head">
          <button
            type="button"
            className="link-button"
            title={hop.name}
            onClick={() => dispatch(functionSelected(hostId, hop.bdf))}
          >
            <Address value={hop.bdf} />
          </button>
          <span className="hop__name">{hop.name}</span>
          <span className="hop__outcome">{outcome.word}</span>
        </p>
        <p className="hop__text">
          <TermText pieces={pieces} />
        </p>
        <p className="evidence">
          {hop.evidence}
          <span className="hop__rule" title="Rule of Airlock's engine that speaks here">
            {hop.rule}
          </span>
        </p>
      </div>
    </li>
  );
}
