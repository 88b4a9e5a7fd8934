import { IconServer } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectPage } from '../navigation/navigation-selectors.ts';
import { pageChosen } from '../navigation/navigation-slice.ts';
import { NavItem } from './NavItem.tsx';
import { selectLiveHostId, selectNewOpenings } from './hosts-selectors.ts';
import { openThisHost } from './hosts-thunks.ts';

/** The host that Airlock runs on: always first, whatever its state. */
export function LiveNavItem({ onChosen }: { onChosen: () => void }) {
  const dispatch = useAppDispatch();
  const page = useAppSelector(selectPage);
  const hostId = useAppSelector(selectLiveHostId);
  const board = useAppSelector((state) => state.hosts.summaries[hostId ?? '']?.title);
  // A machine without a board name is called by its source: `this host`.
  const title = board?.toLowerCase() === 'this host' ? 'open' : board;
  const opening = useAppSelector(selectNewOpenings).find((one) =>
    one.source?.kind.startsWith('live'),
  );
  const isOpening = page.kind === 'opening' && page.jobId === opening?.jobId;
  const isShown = page.kind === 'host' && page.hostId === hostId;
  const failedNote = opening?.failure === undefined ? undefined : 'not readable';
  const isBusy = opening !== undefined && opening.failure === undefined;
  return (
    <NavItem
      icon={IconServer}
      label="This host"
      note={isBusy ? 'reading' : (title ?? failedNote ?? 'not read yet')}
      isBusy={isBusy}
      isCurrent={isOpening || isShown}
      onClick={() => {
        if (opening !== undefined && hostId === undefined) {
          dispatch(pageChosen({ kind: 'opening', jobId: opening.jobId }));
        } else {
          void dispatch(openThisHost());
        }
        onChosen();
      }}
    />
  );
}
