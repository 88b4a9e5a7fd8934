import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconFileText,
  IconFolder,
  IconFolderOpen,
  IconServer,
  IconSettings,
  IconTerminal2,
  IconTestPipe,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { SourceView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Logo } from '../../components/Logo.tsx';
import { selectPage } from '../navigation/navigation-selectors.ts';
import { pageChosen } from '../navigation/navigation-slice.ts';
import { LiveNavItem } from './LiveNavItem.tsx';
import { NavItem } from './NavItem.tsx';
import { selectNewOpenings, selectOtherHosts } from './hosts-selectors.ts';
import { closeHost, showHost } from './hosts-thunks.ts';
import { SOURCE_KINDS } from './source-words.ts';

type NavIcon = ComponentType<{ size?: number; stroke?: number }>;

const SOURCE_ICONS: Readonly<Record<SourceView['kind'], NavIcon>> = {
  live: IconServer,
  archive: IconArchive,
  directory: IconFolder,
  report: IconFileText,
  ssh: IconTerminal2,
  library: IconArchive,
};

interface HostNavProps {
  /** Called when a page was chosen, to close the drawer that the navigation may be in. */
  readonly onChosen?: () => void;
}

export function HostNav({ onChosen = () => undefined }: HostNavProps) {
  const dispatch = useAppDispatch();
  const page = useAppSelector(selectPage);
  const go = (kind: 'samples' | 'open' | 'settings') => () => {
    dispatch(pageChosen({ kind }));
    onChosen();
  };
  return (
    <nav className="host-nav" aria-label="Hosts and pages">
      <div className="host-nav__brand">
        <Logo />
        <span>Airlock</span>
      </div>
      <h2 className="host-nav__heading">Hosts</h2>
      <ul className="host-nav__list">
        <LiveNavItem onChosen={onChosen} />
        <OtherHosts onChosen={onChosen} />
      </ul>
      <h2 className="host-nav__heading">Look at others</h2>
      <ul className="host-nav__list">
        <NavItem
          icon={IconFolderOpen}
          label="Open file"
          isCurrent={page.kind === 'open'}
          onClick={go('open')}
        />
        <NavItem
          icon={IconTestPipe}
          label="Samples"
          isCurrent={page.kind === 'samples'}
          onClick={go('samples')}
        />
      </ul>
      <ul className="host-nav__list host-nav__list--last">
        <NavItem
          icon={IconSettings}
          label="Settings"
          isCurrent={page.kind === 'settings'}
          onClick={go('settings')}
        />
      </ul>
    </nav>
  );
}

function OtherHosts({ onChosen }: { onChosen: () => void }) {
  const dispatch = useAppDispatch();
  const page = useAppSelector(selectPage);
  const hosts = useAppSelector(selectOtherHosts);
  const openings = useAppSelector(selectNewOpenings);
  return (
    <>
      {hosts.map(({ hostId, title, source }) => (
        <NavItem
          key={hostId}
          icon={SOURCE_ICONS[source.kind]}
          label={title}
          note={source.name === title ? SOURCE_KINDS[source.kind] : source.name}
          isCurrent={page.kind === 'host' && page.hostId === hostId}
          onClick={() => {
            void dispatch(showHost(hostId));
            onChosen();
          }}
        >
          <Tooltip label={`Close ${title}`}>
            <ActionIcon
              className="nav-item__close"
              variant="subtle"
              color="gray"
              size={22}
              aria-label={`Close ${title}`}
              onClick={() => void dispatch(closeHost(hostId))}
            >
              <IconX size={13} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </NavItem>
      ))}
      {openings
        .filter((opening) => !opening.source?.kind.startsWith('live'))
        .map((opening) => (
          <NavItem
            key={opening.jobId}
            icon={IconArchive}
            label={opening.label}
            note={opening.failure === undefined ? 'reading' : 'failed'}
            isBusy={opening.failure === undefined}
            isCurrent={page.kind === 'opening' && page.jobId === opening.jobId}
            onClick={() => {
              dispatch(pageChosen({ kind: 'opening', jobId: opening.jobId }));
              onChosen();
            }}
          />
        ))}
    </>
  );
}
