import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { focusInspector } from '../selection/focus-inspector.ts';
import { inspectorRevealed } from '../selection/selection-slice.ts';
import { canOpen } from './picture-collapse.ts';
import type { Drawing } from './picture-drawing.ts';
import { nextStop } from './picture-stops.ts';
import type { Direction, Stop } from './picture-stops.ts';
import type { PictureCamera } from './use-picture-camera.ts';

interface PictureKeys {
  readonly drawing: Drawing;
  readonly activeId: string | undefined;
  readonly choose: (id: string) => void;
  readonly toggle: (nodeId: string, isOpen: boolean) => void;
  readonly chooseGroup: ((groupId: string) => void) | undefined;
  readonly camera: PictureCamera;
}

/** What is not in view is not in the page: it comes after the picture has moved. */
const PATIENCE_FRAMES = 40;
const ZOOM_STEP = 1.25;

/** Keys of the picture: arrows, Enter, Space, G for the group, + − 0 for the size. */
export function usePictureKeys(keys: PictureKeys): (event: KeyboardEvent) => void {
  const { drawing, activeId, choose, toggle, chooseGroup, camera } = keys;
  const dispatch = useAppDispatch();
  const stop = drawing.stops.find(({ id }) => id === activeId);
  const placed = drawing.picture.nodes.find(({ node }) => node.id === stop?.nodeId);
  useFollowedStop(drawing, activeId, camera);
  const go = (to: Stop | undefined) => {
    if (to === undefined) return;
    choose(to.id);
    camera.show(to);
    focusStop(to.id);
  };
  const move = (direction: Direction) => () => {
    if (stop !== undefined) go(nextStop(drawing.picture, drawing.stops, stop, direction));
  };
  const isClosed = placed !== undefined && canOpen(placed.node) && !placed.isOpen;
  const flip = () => {
    if (placed !== undefined && canOpen(placed.node)) toggle(placed.node.id, !placed.isOpen);
  };
  const group = () => {
    const groupId = drawing.host.functions[activeId ?? '']?.groupId;
    if (groupId !== undefined) chooseGroup?.(groupId);
  };
  const explain = () => {
    dispatch(inspectorRevealed());
    focusInspector();
  };
  const actions: Readonly<Record<string, () => void>> = {
    ArrowUp: move('up'),
    ArrowDown: move('down'),
    ArrowLeft: move('left'),
    ArrowRight: isClosed ? flip : move('right'),
    Home: () => go(drawing.stops[0]),
    End: () => go(drawing.stops.at(-1)),
    Enter: explain,
    ' ': flip,
    g: group,
    '+': () => camera.zoomBy(ZOOM_STEP),
    '-': () => camera.zoomBy(1 / ZOOM_STEP),
    '0': camera.fit,
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isStop(event.target)) return;
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}

/** Buttons beside the picture keep their own keys. */
function isStop(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.dataset['stop'] !== undefined;
}

/** Shows what was selected elsewhere, once it has a place. */
function useFollowedStop(
  drawing: Drawing,
  activeId: string | undefined,
  camera: PictureCamera,
): void {
  const followed = useRef<string>(undefined);
  useEffect(() => {
    const stop = drawing.stops.find(({ id }) => id === activeId);
    if (stop === undefined || followed.current === activeId) return;
    // The first look is the camera's own.
    const isFirst = followed.current === undefined;
    followed.current = activeId;
    if (!isFirst) camera.show(stop);
  }, [drawing, activeId, camera]);
}

function focusStop(id: string, framesLeft = PATIENCE_FRAMES): void {
  requestAnimationFrame(() => {
    const stop = document.querySelector<HTMLElement>(`[data-stop="${CSS.escape(id)}"]`);
    if (stop !== null) stop.focus({ preventScroll: true });
    else if (framesLeft > 0) focusStop(id, framesLeft - 1);
  });
}
