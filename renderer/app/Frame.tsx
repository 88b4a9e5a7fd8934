import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { RedactionDialog } from '../features/export/RedactionDialog.tsx';
import { DropTarget } from '../features/hosts/DropTarget.tsx';
import { HostNav } from '../features/hosts/HostNav.tsx';
import { TopBar } from '../features/hosts/TopBar.tsx';
import { InspectorDock } from '../features/inspector/InspectorDock.tsx';
import { selectShownHostId } from '../features/navigation/navigation-selectors.ts';
import { selectHost } from '../features/hosts/hosts-selectors.ts';
import { CurrentPage } from './CurrentPage.tsx';
import { useAppSelector } from './hooks.ts';

/** Hosts at the left, the page, the inspector at the right. */
export function Frame() {
  const isNarrow = useMediaQuery('(max-width: 899px)', undefined, {
    getInitialValueInEffect: false,
  });
  const [isNavOpen, setNavOpen] = useState(false);
  const hostId = useAppSelector(selectShownHostId);
  const isRead = useAppSelector((state) => selectHost(state, hostId ?? '') !== undefined);
  return (
    <div className="frame">
      <a className="skip-link" href="#page" onClick={skipToPage}>
        Skip to the page
      </a>
      {isNarrow ? (
        <>
          <TopBar onMenu={() => setNavOpen(true)} />
          <Drawer.Root opened={isNavOpen} onClose={() => setNavOpen(false)} size={264}>
            <Drawer.Overlay backgroundOpacity={0.25} />
            <Drawer.Content aria-label="Hosts and pages">
              <Drawer.Body className="drawer-body--bare">
                <HostNav onChosen={() => setNavOpen(false)} />
              </Drawer.Body>
            </Drawer.Content>
          </Drawer.Root>
        </>
      ) : (
        <HostNav />
      )}
      <main className="frame__page" id="page" tabIndex={-1}>
        <CurrentPage />
      </main>
      {hostId !== undefined && isRead ? <InspectorDock hostId={hostId} /> : null}
      <DropTarget />
      <RedactionDialog />
    </div>
  );
}

/** The address bar's fragment belongs to the pages; moving the focus is enough. */
function skipToPage(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('page')?.focus();
}
