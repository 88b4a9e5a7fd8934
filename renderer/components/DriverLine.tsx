import { useAppDispatch, useAppSelector } from '../app/hooks.ts';
import { Address } from './Address.tsx';
import { selectDriverWord } from '../features/hosts/hosts-selectors.ts';
import { functionSelected } from '../features/selection/selection-slice.ts';

interface DriverLineProps {
  readonly hostId: string;
  readonly member: string;
  readonly driver: string | undefined;
  readonly note?: string | undefined;
  /** A sentence below. */
  readonly text?: string;
}

/** One member and the driver that holds it now. */
export function DriverLine({ hostId, member, driver, note, text }: DriverLineProps) {
  const dispatch = useAppDispatch();
  const word = useAppSelector((state) => selectDriverWord(state, hostId, member));
  return (
    <li className="driver-line">
      <p className="driver-line__head">
        <button
          type="button"
          className="link-button"
          onClick={() => dispatch(functionSelected(hostId, member))}
        >
          <Address value={member} />
        </button>
        <span className="driver-line__driver">{driver ?? word}</span>
        {note === undefined ? null : <span className="tag tone-companions">{note}</span>}
      </p>
      {text === undefined ? null : <p className="driver-line__text">{text}</p>}
    </li>
  );
}
