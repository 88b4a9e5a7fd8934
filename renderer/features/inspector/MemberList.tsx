import { useState } from 'react';
import { Button } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { staysInPlace } from '../../components/stays-in-place.ts';
import { selectFunction } from '../hosts/hosts-selectors.ts';
import { functionSelected } from '../selection/selection-slice.ts';

const STEP = 16;

/** Members of a group; choosing one explains it. */
export function MemberList({ hostId, members }: { hostId: string; members: readonly string[] }) {
  const [limit, setLimit] = useState(STEP);
  const rest = members.length - limit;
  return (
    <>
      <ul className="member-list">
        {members.slice(0, limit).map((member) => (
          <MemberLine key={member} hostId={hostId} member={member} />
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="subtle" onClick={() => setLimit(limit + 10 * STEP)}>
          Show {rest.toLocaleString('en-US')} more
        </Button>
      ) : null}
    </>
  );
}

function MemberLine({ hostId, member }: { hostId: string; member: string }) {
  const dispatch = useAppDispatch();
  const fn = useAppSelector((state) => selectFunction(state, hostId, member));
  return (
    <li>
      <button
        type="button"
        className="member-line"
        data-stays={fn?.isHostPart === true}
        onClick={() => dispatch(functionSelected(hostId, member))}
      >
        <KindIcon kind={fn?.kind ?? 'other'} size={14} />
        <Address value={member} />
        <span className="member-line__name">{fn?.name ?? 'on another bus'}</span>
        {fn !== undefined && staysInPlace(fn) ? <span className="tag">stays</span> : null}
      </button>
    </li>
  );
}
