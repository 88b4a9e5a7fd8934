import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconBooks,
  IconFileText,
  IconFolder,
  IconFolderOpen,
  IconServer,
  IconSettings,
  IconStethoscope,
  IconTerminal2,
  IconTestPipe,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { HostSummary, SourceView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Logo } from '../../components/Logo.tsx';
import { selectPage } from '../navigation/navigation-selectors.ts';
import { pageChosen } from '../navigation/navigation-slice.ts';
import { LiveNavItem } from './LiveNavItem.tsx';
import { NavItem } from './NavItem.tsx';
import { selectNewOpenings, selectOtherHosts } from './hosts-selectors.ts';
import type { Opening } from './hosts-slice.ts';
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
  const { hosts } = useAppSelector(selectOtherHosts);
  const go = (kind: 'samples' | 'open' | 'settings' | 'library' | 'doctor') => () => {
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
        <HostItems hosts={hosts} onChosen={onChosen} />
      </ul>
      <Snapshots onChosen={onChosen} />
      <h2 className="host-nav__heading">Look at others</h2>
      <ul className="host-nav__list">
        <NavItem
          icon={IconFolderOpen}
          label="Open"
          isCurrent={page.kind === 'open'}
          onClick={go('open')}
        />
        <NavItem
          icon={IconBooks}
          label="Library"
          isCurrent={page.kind === 'library'}
          onClick={go('library')}
        />
        <NavItem
          icon={IconStethoscope}
          label="Log doctor"
          isCurrent={page.kind === 'doctor'}
          onClick={go('doctor')}
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

/** Records of hosts, and what is being read; no heading where there are none. */
function Snapshots({ onChosen }: { onChosen: () => void }) {
  const { records } = useAppSelector(selectOtherHosts);
  const openings = useAppSelector(selectNewOpenings);
  const others = openings.filter((opening) => !opening.source?.kind.startsWith('live'));
  if (records.length + others.length === 0) return null;
  return (
    <>
      <h2 className="host-nav__heading">Snapshots</h2>
      <ul className="host-nav__list">
        <HostItems hosts={records} onChosen={onChosen} />
        {others.map((opening) => (
          <OpeningItem key={opening.jobId} opening={opening} onChosen={onChosen} />
        ))}
      </ul>
    </>
  );
}

interface HostItemsProps {
  readonly hosts: readonly HostSummary[];
  readonly onChosen: () => void;
}

function HostItems({ hosts, onChosen }: HostItemsProps) {
  const dispatch = useAppDispatch();
  const page = useAppSelector(selectPage);
  return hosts.map(({ hostId, title, source }) => (
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
  ));
}

function OpeningItem({ opening, onChosen }: { opening: Opening; onChosen: () => void }) {
  const dispatch = useAppDispatch();
  const page = useAppSelector(selectPage);
  const { jobId, label, failure } = opening;
  return (
    <NavItem
      icon={IconArchive}
      label={label}
      note={failure === undefined ? 'reading' : 'failed'}
      isBusy={failure === undefined}
      isCurrent={page.kind === 'opening' && page.jobId === jobId}
      onClick={() => {
        dispatch(pageChosen({ kind: 'opening', jobId }));
        onChosen();
      }}
    />
  );
}
