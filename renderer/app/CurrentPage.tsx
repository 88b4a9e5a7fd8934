import { assertNever } from '../../shared/result.ts';
import { HostPage } from '../features/hosts/HostPage.tsx';
import { OpenPage } from '../features/hosts/OpenPage.tsx';
import { OpeningPage } from '../features/hosts/OpeningPage.tsx';
import { PageSkeleton } from '../features/hosts/PageSkeleton.tsx';
import { SamplesPage } from '../features/hosts/SamplesPage.tsx';
import { selectPage } from '../features/navigation/navigation-selectors.ts';
import { GroupsPage } from '../features/groups/GroupsPage.tsx';
import { OverviewPage } from '../features/overview/OverviewPage.tsx';
import { PlansPage } from '../features/plans/PlansPage.tsx';
import { ReceiptsPage } from '../features/receipts/ReceiptsPage.tsx';
import { ProblemsPage } from '../features/problems/ProblemsPage.tsx';
import { ComparePage } from '../features/compare/ComparePage.tsx';
import { DoctorPage } from '../features/doctor/DoctorPage.tsx';
import { LibraryPage } from '../features/library/LibraryPage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { TopologyPage } from '../features/topology-tree/TopologyPage.tsx';
import { VmPage } from '../features/vm/VmPage.tsx';
import { WhatifPage } from '../features/whatif/WhatifPage.tsx';
import type { HostTab } from '../features/navigation/navigation-slice.ts';
import { useAppSelector } from './hooks.ts';

/** Routing: one page of the state, one component. */
export function CurrentPage() {
  const page = useAppSelector(selectPage);
  switch (page.kind) {
    case 'start':
      return <PageSkeleton />;
    case 'opening':
      return <OpeningPage jobId={page.jobId} />;
    case 'host':
      return (
        <HostPage hostId={page.hostId} tab={page.tab}>
          <TabPage hostId={page.hostId} tab={page.tab} />
        </HostPage>
      );
    case 'samples':
      return <SamplesPage />;
    case 'open':
      return <OpenPage />;
    case 'settings':
      return <SettingsPage />;
    case 'library':
      return <LibraryPage />;
    case 'doctor':
      return <DoctorPage />;
    default:
      return assertNever(page);
  }
}

function TabPage({ hostId, tab }: { hostId: string; tab: HostTab }) {
  switch (tab) {
    case 'overview':
      return <OverviewPage hostId={hostId} />;
    case 'groups':
      return <GroupsPage hostId={hostId} />;
    case 'topology':
      return <TopologyPage hostId={hostId} />;
    case 'whatif':
      return <WhatifPage hostId={hostId} />;
    case 'plans':
      return <PlansPage hostId={hostId} />;
    case 'vm':
      return <VmPage hostId={hostId} />;
    case 'receipts':
      return <ReceiptsPage hostId={hostId} />;
    case 'problems':
      return <ProblemsPage hostId={hostId} />;
    case 'compare':
      return <ComparePage hostId={hostId} />;
    default:
      return assertNever(tab);
  }
}
