import ELK from 'elkjs/lib/elk.bundled.js';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import {
  openedAtFirst,
  shownNodes,
} from '../../../../renderer/features/topology-picture/picture-collapse.ts';
import { drawPicture } from '../../../../renderer/features/topology-picture/picture-drawing.ts';
import type { Drawing } from '../../../../renderer/features/topology-picture/picture-drawing.ts';
import { buildPicture } from '../../../../renderer/features/topology-picture/picture-graph.ts';
import type { PictureHost } from '../../../../renderer/features/topology-picture/picture-graph.ts';
import {
  layoutQuestion,
  placePicture,
} from '../../../../renderer/features/topology-picture/picture-layout.ts';
import { selectPictureHost } from '../../../../renderer/features/topology-picture/picture-selectors.ts';
import type { HostView } from '../../../../shared/view.ts';
import { storeWithHost } from '../../normalised-host.ts';

/** A host as the picture takes it, out of the store. */
export function pictureHost(view: HostView): PictureHost {
  return selectPictureHost(storeWithHost(view).store.getState(), view.hostId);
}

/** Lays a host out with the real layout, in this process. */
export async function drawHost(
  host: PictureHost,
  choices: Readonly<Record<string, boolean>> = {},
): Promise<Drawing> {
  const graph = buildPicture(host);
  const shown = shownNodes(graph, openedAtFirst(graph), choices);
  // The package of one file declares no constructor that a module could call.
  const engine = new (ELK as unknown as new () => { layout: (q: ElkNode) => Promise<ElkNode> })();
  const answer = await engine.layout(layoutQuestion(shown));
  return drawPicture(host, graph, placePicture(shown, answer));
}
