import '@xyflow/react/dist/base.css';
import { ReactFlowProvider } from '@xyflow/react';
import { Skeleton } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { selectSelection } from '../selection/selection-selectors.ts';
import { groupSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import { PictureFlow } from './PictureFlow.tsx';
import type { PictureHost } from './picture-graph.ts';
import { useDrawing } from './use-drawing.ts';

export interface PictureViewProps {
  readonly hostId: string;
  readonly host: PictureHost;
  /** Addresses that the host has, by those in the picture; only where they differ. */
  readonly origins?: Readonly<Record<string, string>>;
  /** Whether the groups are those of the host, which the inspector explains. */
  readonly hasOwnGroups?: boolean;
}

const SAME: Readonly<Record<string, string>> = {};

/** The wiring and the groups of a host as a picture. */
export function PictureView(props: PictureViewProps) {
  const { hostId, host, origins = SAME, hasOwnGroups = true } = props;
  const dispatch = useAppDispatch();
  const { drawing, failure } = useDrawing(hostId, host);
  const selection = useAppSelector((state) => selectSelection(state, hostId));
  const shownAs = useMemo(
    () => Object.fromEntries(Object.entries(origins).map(([now, before]) => [before, now])),
    [origins],
  );
  const chooseGroup = useCallback(
    (groupId: string) => {
      dispatch(groupSelected(hostId, groupId));
      dispatch(inspectorRevealed());
    },
    [dispatch, hostId],
  );
  if (failure !== undefined) {
    return (
      <FailureCard
        title="Cannot lay out the picture"
        failure={{ code: 'layout-failed', message: `${failure}. The tree shows the same.` }}
      />
    );
  }
  if (drawing === undefined) return <Skeleton className="picture" aria-label="Drawing" />;
  const bdf = selection?.kind === 'function' ? selection.bdf : undefined;
  return (
    <ReactFlowProvider>
      <PictureFlow
        hostId={hostId}
        drawing={drawing}
        origins={origins}
        selectedBdf={bdf === undefined ? undefined : (shownAs[bdf] ?? bdf)}
        selectedGroupId={
          hasOwnGroups && selection?.kind === 'group' ? selection.groupId : undefined
        }
        chooseGroup={hasOwnGroups ? chooseGroup : undefined}
      />
    </ReactFlowProvider>
  );
}
