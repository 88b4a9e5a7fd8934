import type { WhatifReport } from '../../../shared/whatif-report.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { selectFunction } from '../hosts/hosts-selectors.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';

interface PredictedGroupProps {
  readonly hostId: string;
  readonly members: readonly string[];
  readonly readdressed?: WhatifReport['readdressed'];
  readonly note?: string | undefined;
}

/** One group by its functions; each opens in the inspector under the address that it has now. */
export function PredictedGroup(props: PredictedGroupProps) {
  const { hostId, members, readdressed = [], note } = props;
  return (
    <li className="whatif-group">
      <ul>
        {members.map((bdf) => (
          <Member
            key={bdf}
            hostId={hostId}
            bdf={bdf}
            origin={readdressed.find(({ to }) => to === bdf)?.from}
          />
        ))}
      </ul>
      {note === undefined ? null : <span className="whatif-group__note">{note}</span>}
    </li>
  );
}

interface MemberProps {
  readonly hostId: string;
  readonly bdf: string;
  /** The address of now, where it is another one. */
  readonly origin: string | undefined;
}

function Member({ hostId, bdf, origin }: MemberProps) {
  const dispatch = useAppDispatch();
  const fn = useAppSelector((state) => selectFunction(state, hostId, origin ?? bdf));
  if (fn === undefined) {
    return (
      <li className="whatif-member">
        <Address value={bdf} /> <span className="dim">new</span>
      </li>
    );
  }
  return (
    <li className="whatif-member">
      <KindIcon kind={fn.kind} size={14} />
      <button
        type="button"
        className="link-button"
        onClick={() => {
          dispatch(functionSelected(hostId, fn.bdf));
          dispatch(inspectorRevealed());
        }}
      >
        <Address value={bdf} />
      </button>
      <span className="whatif-member__name">{fn.name}</span>
      {origin === undefined ? null : (
        <span className="dim">
          now <Address value={origin} />
        </span>
      )}
    </li>
  );
}
