import { ReactFlow } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { FocusEvent, MouseEvent } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import { DistanceMark } from './DistanceMark.tsx';
import { selectAddressForm } from '../settings/settings-selectors.ts';
import { ExplanationStrip } from './ExplanationStrip.tsx';
import { PictureBackdrop } from './PictureBackdrop.tsx';
import { PictureNodeView } from './PictureNodeView.tsx';
import { PictureTools } from './PictureTools.tsx';
import { PictureProvider } from './picture-context.ts';
import type { Drawing } from './picture-drawing.ts';
import type { PlacedNode } from './picture-layout.ts';
import { usePictureCamera } from './use-picture-camera.ts';
import { usePictureKeys } from './use-picture-keys.ts';
import { usePictureToggle } from './use-picture-toggle.ts';

interface PictureFlowProps {
  readonly hostId: string;
  readonly drawing: Drawing;
  readonly origins: Readonly<Record<string, string>>;
  readonly selectedBdf: string | undefined;
  readonly selectedGroupId: string | undefined;
  readonly chooseGroup: ((groupId: string) => void) | undefined;
}

const NODE_TYPES = { part: PictureNodeView };
const NO_EDGES: never[] = [];

/** The drawing on a surface that can be moved and scaled; only what is in view exists in the page. */
export function PictureFlow(props: PictureFlowProps) {
  const { hostId, drawing, origins, selectedBdf, selectedGroupId, chooseGroup } = props;
  const dispatch = useAppDispatch();
  const addressForm = useAppSelector(selectAddressForm);
  const [chosenId, setChosenId] = useState<string>();
  const [pointedId, setPointedId] = useState<string>();
  const activeId = activeStop(drawing, chosenId, selectedBdf);
  const camera = usePictureCamera(drawing);
  const toggle = usePictureToggle(hostId, drawing, selectedBdf);
  const choose = (id: string) => {
    setChosenId(id);
    if (drawing.host.functions[id] !== undefined) {
      dispatch(functionSelected(hostId, origins[id] ?? id));
    }
  };
  const onKeyDown = usePictureKeys({ drawing, activeId, choose, toggle, chooseGroup, camera });
  const contents = useMemo(
    () => ({ drawing, selectedBdf, selectedGroupId, addressForm, activeId, toggle, chooseGroup }),
    [drawing, selectedBdf, selectedGroupId, addressForm, activeId, toggle, chooseGroup],
  );
  const onFocus = (event: FocusEvent) => {
    const id = stopAt(event.target);
    if (id !== undefined && id !== activeId) choose(id);
  };
  const onClick = (event: MouseEvent) => {
    const id = stopAt(event.target);
    if (id === undefined) return;
    choose(id);
    if (drawing.host.functions[id] !== undefined) dispatch(inspectorRevealed());
  };
  return (
    <PictureProvider value={contents}>
      <div
        className="picture"
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClick={onClick}
        onPointerOver={(event) => setPointedId(stopAt(event.target))}
        onPointerLeave={() => setPointedId(undefined)}
      >
        <Surface
          drawing={drawing}
          onInit={() => camera.start(drawing.stops.find(({ id }) => id === selectedBdf))}
        />
        <div className="picture-foot">
          <ExplanationStrip stopId={pointedId ?? chosenId ?? selectedBdf} />
          <PictureTools hostId={hostId} drawing={drawing} camera={camera} />
        </div>
      </div>
    </PictureProvider>
  );
}

/** A picture can be moved and scaled, not rearranged; it has keys of its own. */
function Surface({ drawing, onInit }: { drawing: Drawing; onInit: () => void }) {
  const nodes = useMemo(() => drawing.picture.nodes.map(asFlowNode), [drawing]);
  return (
    <ReactFlow
      aria-label="Picture of the topology"
      nodes={nodes}
      edges={NO_EDGES}
      nodeTypes={NODE_TYPES}
      onInit={onInit}
      minZoom={0.05}
      maxZoom={2}
      onlyRenderVisibleElements
      disableKeyboardA11y
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      proOptions={{ hideAttribution: true }}
    >
      <PictureBackdrop />
      <DistanceMark />
    </ReactFlow>
  );
}

function asFlowNode(placed: PlacedNode): Node<{ placed: PlacedNode }> {
  const { node, x, y, width, height } = placed;
  return {
    id: node.id,
    type: 'part',
    position: { x, y },
    width,
    height,
    data: { placed },
    // A node is no widget of its own: what is in it can be chosen.
    domAttributes: { 'aria-roledescription': undefined },
  };
}

/** The stop that Tab leads to: the last one chosen, the selected function, or the first. */
function activeStop(
  { stops }: Drawing,
  chosenId: string | undefined,
  selectedBdf: string | undefined,
): string | undefined {
  const known = [chosenId, selectedBdf].find((id) => stops.some((stop) => stop.id === id));
  return known ?? stops[0]?.id;
}

function stopAt(target: EventTarget): string | undefined {
  const stop = target instanceof Element ? target.closest<HTMLElement>('[data-stop]') : null;
  return stop?.dataset['stop'];
}
