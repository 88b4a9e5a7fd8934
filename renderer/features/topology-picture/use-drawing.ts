import { useEffect, useMemo, useState } from 'react';
import { useAppSelector } from '../../app/hooks.ts';
import { computeLayout } from './compute-layout.ts';
import { openedAtFirst, shownNodes } from './picture-collapse.ts';
import { drawPicture } from './picture-drawing.ts';
import type { Drawing } from './picture-drawing.ts';
import { buildPicture } from './picture-graph.ts';
import type { PictureHost } from './picture-graph.ts';
import { layoutQuestion, placePicture } from './picture-layout.ts';
import { selectPictureChoices } from './picture-selectors.ts';

/** The drawing of a host: not there yet, failed, or there. The last one stays until the next is. */
export interface DrawingState {
  readonly drawing?: Drawing;
  readonly failure?: string;
}

/** Draws a host, and again when nodes are opened or closed. */
export function useDrawing(hostId: string, host: PictureHost): DrawingState {
  const choices = useAppSelector((state) => selectPictureChoices(state, hostId));
  const graph = useMemo(() => buildPicture(host), [host]);
  const opened = useMemo(() => openedAtFirst(graph), [graph]);
  const shown = useMemo(() => shownNodes(graph, opened, choices), [graph, opened, choices]);
  const [state, setState] = useState<DrawingState>({});
  useEffect(() => {
    let isWanted = true;
    computeLayout(layoutQuestion(shown)).then(
      (answer) => {
        if (!isWanted) return;
        setState({ drawing: drawPicture(host, graph, placePicture(shown, answer)) });
      },
      (cause: unknown) => {
        if (isWanted) setState({ failure: String(cause) });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [host, graph, shown]);
  return state;
}
