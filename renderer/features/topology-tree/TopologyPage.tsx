import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconFold, IconArrowsVertical } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { AsIfOnBanner } from '../../components/AsIfOnBanner.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Term } from '../../components/Term.tsx';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { selectSettings } from '../settings/settings-selectors.ts';
import { settingsChanged } from '../settings/settings-slice.ts';
import { selectPictureHost } from '../topology-picture/picture-selectors.ts';
import { TopologyTreeView } from './TopologyTreeView.tsx';
import { selectTree } from './topology-selectors.ts';
import { nodesToggled } from './topology-slice.ts';

/** Drawing takes packages that no other page needs. */
const PictureView = lazy(() =>
  import('../topology-picture/PictureView.tsx').then((module) => ({ default: module.PictureView })),
);

/** The host by its wiring, as a picture or as a tree: root buses, ports, bridges, cards. */
export function TopologyPage({ hostId }: { hostId: string }) {
  const host = useAppSelector((state) => selectHost(state, hostId));
  const picture = useAppSelector((state) => selectPictureHost(state, hostId));
  const { topology } = useAppSelector(selectSettings);
  if (host === undefined) return null;
  if (host.functionIds.length === 0) {
    return <EmptyState title="No PCI functions" text="This reading shows no PCI function." />;
  }
  return (
    <div className="topology-page">
      {host.basis === 'as-if-on' ? <AsIfOnBanner state={host.iommu.state} /> : null}
      <div className="topology-tools">
        <ViewSwitch />
        <p className="topology-tools__legend">
          Everything hangs below the <Term id="rootPort">port</Term> or bridge that its traffic goes
          through. <Term id="acs">ACS</Term> on a port makes the boundary of a group.
        </p>
        {topology === 'tree' ? <FoldButtons hostId={hostId} /> : null}
      </div>
      {topology === 'tree' ? (
        <TopologyTreeView hostId={hostId} />
      ) : (
        <Suspense fallback={<Skeleton className="picture" />}>
          <PictureView key={hostId} hostId={hostId} host={picture} />
        </Suspense>
      )}
    </div>
  );
}

function ViewSwitch() {
  const dispatch = useAppDispatch();
  const { topology } = useAppSelector(selectSettings);
  return (
    <SegmentedControl
      aria-label="Show the topology as"
      size="xs"
      value={topology}
      onChange={(chosen) => dispatch(settingsChanged({ topology: chosen }))}
      data={[
        { value: 'picture', label: 'Picture' },
        { value: 'tree', label: 'Tree' },
      ]}
    />
  );
}

function FoldButtons({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const tree = useAppSelector((state) => selectTree(state, hostId));
  const toggleAll = (isExpanded: boolean) => {
    const nodeIds = Object.values(tree.nodes)
      .filter((node) => node.childIds.length > 0 && (isExpanded || node.bdf !== undefined))
      .map((node) => node.id);
    dispatch(nodesToggled({ hostId, nodeIds, isExpanded }));
  };
  return (
    <div className="button-row">
      <Button
        variant="default"
        leftSection={<IconArrowsVertical size={15} stroke={1.7} aria-hidden />}
        onClick={() => toggleAll(true)}
      >
        Unfold all
      </Button>
      <Button
        variant="default"
        leftSection={<IconFold size={15} stroke={1.7} aria-hidden />}
        onClick={() => toggleAll(false)}
      >
        Fold all
      </Button>
    </div>
  );
}
