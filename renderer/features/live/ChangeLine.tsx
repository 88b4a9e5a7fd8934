import { ActionIcon, Tooltip } from '@mantine/core';
import { IconActivity, IconX } from '@tabler/icons-react';
import type { HostChange } from '../../../shared/host-change.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { changeWords } from './change-words.ts';
import { selectHostChanges } from './live-selectors.ts';
import { changesDismissed } from './live-slice.ts';

/** Changes that are told one by one; of more, the number. */
const MOST_TOLD = 3;

/** Says what changed by itself on the host on show. */
export function ChangeLine({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const changed = useAppSelector((state) => selectHostChanges(state, hostId));
  if (changed === undefined) return null;
  const { atMs, changes, isRead, reason } = changed;
  const more = changes.length - MOST_TOLD;
  return (
    <section className="change-line" aria-label="Changed on this host">
      <IconActivity size={15} stroke={1.7} aria-hidden />
      <p className="change-line__text" role="status">
        Changed <RelativeTime key={atMs} atMs={atMs} />:{' '}
        {changes.slice(0, MOST_TOLD).map((change, index) => (
          <ChangeWords key={`${change.kind} ${change.bdf}`} change={change} isFirst={index === 0} />
        ))}
        {more > 0 ? `, and ${more.toLocaleString('en-US')} more` : ''}.
        {isRead ? '' : ` What is shown is older. ${reason ?? ''}`}
      </p>
      <Tooltip label="Dismiss">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={22}
          aria-label="Dismiss what changed"
          onClick={() => dispatch(changesDismissed(hostId))}
        >
          <IconX size={13} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </section>
  );
}

function ChangeWords({ change, isFirst }: { change: HostChange; isFirst: boolean }) {
  return (
    <>
      {isFirst ? '' : ', '}
      <Address value={change.bdf} /> {changeWords(change)}
    </>
  );
}
