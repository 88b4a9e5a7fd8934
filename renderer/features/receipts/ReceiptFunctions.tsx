import type { ReceiptView } from '../../../shared/binding.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';

interface ReceiptFunctionsProps {
  readonly hostId: string;
  readonly functions: ReceiptView['functions'];
}

/** The functions of a receipt: from which driver to which, and which has it now. */
export function ReceiptFunctions({ hostId, functions }: ReceiptFunctionsProps) {
  const dispatch = useAppDispatch();
  const host = useAppSelector((state) => selectHost(state, hostId));
  if (functions.length === 0) return null;
  return (
    <ul className="moves">
      {functions.map(({ bdf, from, to, driver }) => (
        <li key={bdf} className="move">
          <button
            type="button"
            className="link-button"
            onClick={() => {
              dispatch(functionSelected(hostId, bdf));
              dispatch(inspectorRevealed());
            }}
          >
            <Address value={bdf} />
          </button>
          <span className="move__name">{host?.functions[bdf]?.name ?? ''}</span>
          <span className="move__way mono">
            {from === undefined ? '' : `${from === 'none' ? 'no driver' : from} → `}
            {to}
          </span>
          {driver === undefined || driver === to ? null : (
            <span className="tag tone-risky">has {driver} now</span>
          )}
        </li>
      ))}
    </ul>
  );
}
