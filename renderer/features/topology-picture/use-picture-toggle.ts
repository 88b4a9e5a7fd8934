import { useCallback, useEffect, useRef } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { nodesAround } from './picture-collapse.ts';
import type { Drawing } from './picture-drawing.ts';
import { pictureToggled } from './picture-slice.ts';

/** Opens and closes nodes, and opens those around a function that is selected from elsewhere. */
export function usePictureToggle(
  hostId: string,
  drawing: Drawing,
  selectedBdf: string | undefined,
): (nodeId: string, isOpen: boolean) => void {
  const dispatch = useAppDispatch();
  const graph = useRef(drawing.graph);
  useEffect(() => {
    graph.current = drawing.graph;
  }, [drawing]);
  useEffect(() => {
    if (selectedBdf === undefined) return;
    const nodeIds = nodesAround(graph.current, selectedBdf);
    if (nodeIds.length > 0) dispatch(pictureToggled({ hostId, nodeIds, isOpen: true }));
  }, [dispatch, hostId, selectedBdf]);
  return useCallback(
    (nodeId, isOpen) => void dispatch(pictureToggled({ hostId, nodeIds: [nodeId], isOpen })),
    [dispatch, hostId],
  );
}
