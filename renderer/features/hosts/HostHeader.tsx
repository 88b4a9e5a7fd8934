import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconLayoutSidebarRight, IconRefresh } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { ExportStatus } from '../export/ExportStatus.tsx';
import { selectSettings } from '../settings/settings-selectors.ts';
import { settingsChanged } from '../settings/settings-slice.ts';
import { ChangeLine } from '../live/ChangeLine.tsx';
import { RescanStatus } from './RescanStatus.tsx';
import { selectHost, selectRescan } from './hosts-selectors.ts';
import type { HostRecord } from './hosts-slice.ts';
import { readGroupsJson, rescanHost } from './hosts-thunks.ts';
import { IOMMU_STATES } from '../../components/iommu-states.ts';
import { SOURCE_KINDS, canRescan } from './source-words.ts';

/** Who this host is: board, kernel, IOMMU, when read. */
export function HostHeader({ hostId }: { hostId: string }) {
  const host = useAppSelector((state) => selectHost(state, hostId));
  if (host === undefined) return null;
  return (
    <header className="host-header">
      <h1 className="host-header__title" title={host.title}>
        {host.title}
      </h1>
      <HostActions host={host} />
      <HostFacts host={host} />
      <ExportStatus hostId={hostId} />
      <RescanStatus hostId={hostId} />
      <ChangeLine hostId={hostId} />
    </header>
  );
}

function HostFacts({ host }: { host: HostRecord }) {
  const { source, kernelRelease, os, bios, iommu } = host;
  const look = IOMMU_STATES[iommu.state];
  const isLive = source.kind === 'live';
  return (
    <dl className="host-facts">
      <div>
        <dt className="hidden-term">IOMMU</dt>
        <dd className={`state-badge tone-${look.tone}`} title={iommu.sentence}>
          {look.word}
        </dd>
      </div>
      <div>
        <dt>Kernel</dt>
        <dd className="mono">{kernelRelease ?? 'not known'}</dd>
      </div>
      {os === undefined ? null : (
        <div>
          <dt>System</dt>
          <dd>{os}</dd>
        </div>
      )}
      {bios === undefined ? null : (
        <div>
          <dt>BIOS</dt>
          <dd>{bios}</dd>
        </div>
      )}
      {source.capturedAtMs === undefined ? null : (
        <div>
          <dt>Read</dt>
          <dd>
            <RelativeTime atMs={source.capturedAtMs} />
          </dd>
        </div>
      )}
      {isLive ? null : (
        <div>
          <dt>From</dt>
          <dd className="host-facts__source" title={source.name}>
            {SOURCE_KINDS[source.kind]} {source.name === host.title ? '' : source.name}
          </dd>
        </div>
      )}
    </dl>
  );
}

function HostActions({ host }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  const isReading = useAppSelector((state) => {
    const rescan = selectRescan(state, host.hostId);
    return rescan !== undefined && rescan.failure === undefined;
  });
  const { inspector } = useAppSelector(selectSettings);
  const isShown = inspector === 'shown';
  const toggleLabel = isShown ? 'Hide the inspector' : 'Show the inspector beside the page';
  return (
    <div className="button-row host-header__actions">
      {canRescan(host.source) ? (
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} stroke={1.7} aria-hidden />}
          disabled={isReading}
          onClick={() => void dispatch(rescanHost(host.hostId))}
        >
          Rescan
        </Button>
      ) : null}
      <ExportMenu host={host} />
      <CopyButton label="Copy groups JSON" text={() => dispatch(readGroupsJson(host.hostId))} />
      <Tooltip label={toggleLabel}>
        <ActionIcon
          className="wide-only"
          variant="default"
          size={30}
          aria-label={toggleLabel}
          aria-pressed={isShown}
          onClick={() => dispatch(settingsChanged({ inspector: isShown ? 'hidden' : 'shown' }))}
        >
          <IconLayoutSidebarRight size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
