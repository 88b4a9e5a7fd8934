import { Button } from '@mantine/core';
import { IconFold, IconArrowsVertical } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { AsIfOnBanner } from '../../components/AsIfOnBanner.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Term } from '../../components/Term.tsx';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { TopologyTreeView } from './TopologyTreeView.tsx';
import { selectTree } from './topology-selectors.ts';
import { nodesToggled } from './topology-slice.ts';

/** The host by its wiring: root buses, ports, bridges, cards. */
export function TopologyPage({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const host = useAppSelector((state) => selectHost(state, hostId));
  const tree = useAppSelector((state) => selectTree(state, hostId));
  if (host === undefined) return null;
  if (tree.rootIds.length === 0) {
    return <EmptyState title="No PCI functions" text="This reading shows no PCI function." />;
  }
  const toggleAll = (isExpanded: boolean) => {
    const nodeIds = Object.values(tree.nodes)
      .filter((node) => node.childIds.length > 0 && (isExpanded || node.bdf !== undefined))
      .map((node) => node.id);
    dispatch(nodesToggled({ hostId, nodeIds, isExpanded }));
  };
  return (
    <div className="topology-page">
      {host.basis === 'as-if-on' ? <AsIfOnBanner state={host.iommu.state} /> : null}
      <div className="topology-tools">
        <p className="topology-tools__legend">
          Every line hangs below the <Term id="rootPort">port</Term> or bridge that its traffic goes
          through. <Term id="acs">ACS</Term> on a port makes the boundary of a group.
        </p>
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
      </div>
      <TopologyTreeView hostId={hostId} />
    </div>
  );
}
