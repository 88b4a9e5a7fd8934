import { Button, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { HOST_TABS, tabChosen } from '../navigation/navigation-slice.ts';
import type { HostTab } from '../navigation/navigation-slice.ts';
import { selectDraft } from '../plans/plans-selectors.ts';
import { WaitingBanner } from '../receipts/WaitingBanner.tsx';
import { selectWhatif } from '../whatif/whatif-selectors.ts';
import { HostHeader } from './HostHeader.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { selectFetchFailure, selectHost } from './hosts-selectors.ts';
import type { HostRecord } from './hosts-slice.ts';
import { fetchHost } from './hosts-thunks.ts';
import { canChange } from './source-words.ts';

const TAB_WORDS: Readonly<Record<HostTab, string>> = {
  overview: 'Overview',
  groups: 'Groups',
  topology: 'Topology',
  whatif: 'What-if',
  plans: 'Plans',
  vm: 'VM',
  receipts: 'Receipts',
  problems: 'Problems',
  compare: 'Compare',
};

interface HostPageProps {
  readonly hostId: string;
  readonly tab: HostTab;
  /** The page of the tab. */
  readonly children: ReactNode;
}

export function HostPage({ hostId, tab, children }: HostPageProps) {
  const dispatch = useAppDispatch();
  const host = useAppSelector((state) => selectHost(state, hostId));
  const isConfirming = useAppSelector((state) => selectDraft(state, hostId).step === 'confirm');
  const failure = useAppSelector((state) => selectFetchFailure(state, hostId));
  if (host === undefined) {
    if (failure === undefined) return <PageSkeleton />;
    return (
      <div className="opening-page">
        <h1 className="opening-page__title">Host</h1>
        <FailureCard title="Cannot show this host" failure={failure}>
          <Button onClick={() => void dispatch(fetchHost(hostId))}>Ask again</Button>
        </FailureCard>
      </div>
    );
  }
  const choose = (value: string | null) => {
    const chosen = HOST_TABS.find((known) => known === value);
    if (chosen !== undefined) dispatch(tabChosen(chosen));
  };
  const tabs = HOST_TABS.filter((value) => value !== 'receipts' || canChange(host.source));
  return (
    <div className="host-page">
      <HostHeader hostId={hostId} />
      {canWatch(host, tab) ? (
        <WaitingBanner hostId={hostId} isQuiet={tab === 'plans' && isConfirming} />
      ) : null}
      <Tabs value={tab} onChange={choose} className="host-page__tabs" keepMounted={false}>
        <Tabs.List aria-label="Views of the host">
          {tabs.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {TAB_WORDS[value]}
              <TabCount host={host} tab={value} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((value) => (
          <Tabs.Panel key={value} value={value} className="host-page__panel">
            {value === tab ? children : null}
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

/** Each look at a host over SSH is a connection: only where somebody is about to change it. */
function canWatch({ source }: HostRecord, tab: HostTab): boolean {
  return source.kind === 'live' || (canChange(source) && (tab === 'plans' || tab === 'receipts'));
}

function TabCount({ host, tab }: { host: HostRecord; tab: HostTab }) {
  const changes = useAppSelector((state) => selectWhatif(state, host.hostId).changes.length);
  const counts: Readonly<Record<HostTab, number>> = {
    overview: 0,
    groups: host.groupIds.length,
    topology: 0,
    whatif: changes,
    plans: 0,
    vm: 0,
    receipts: 0,
    problems: host.differences.length + host.problems.length,
    compare: 0,
  };
  const count = counts[tab];
  return count === 0 ? null : <span className="tab-count">{count.toLocaleString('en-US')}</span>;
}
