import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { ChangeForms } from './ChangeForms.tsx';
import { ChangeList } from './ChangeList.tsx';
import { WhatifAnswer } from './WhatifAnswer.tsx';
import { selectWhatif } from './whatif-selectors.ts';
import { askWhatif } from './whatif-thunks.ts';

/** What the groups would be after changes that nobody has made yet. */
export function WhatifPage({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const host = useAppSelector((state) => selectHost(state, hostId));
  const { changes } = useAppSelector((state) => selectWhatif(state, hostId));
  const reading = host?.reading;
  useEffect(() => {
    void dispatch(askWhatif(hostId));
  }, [dispatch, hostId, changes, reading]);
  if (host === undefined) return null;
  return (
    <div className="whatif-page" role="region" aria-label="What-if">
      <div className="whatif-page__side">
        <ChangeList host={host} />
        <ChangeForms host={host} />
      </div>
      <WhatifAnswer host={host} />
    </div>
  );
}
