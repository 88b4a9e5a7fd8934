import { insideOf } from './picture-collapse.ts';
import type { Inside } from './picture-collapse.ts';
import type { PictureGraph, PictureHost } from './picture-graph.ts';
import type { PlacedPicture } from './picture-layout.ts';
import { findRegions, regionLooks } from './picture-regions.ts';
import type { Region, RegionLook } from './picture-regions.ts';
import { stopsOf } from './picture-stops.ts';
import type { Stop } from './picture-stops.ts';

/** All that a picture shows, ready to be drawn on the page or into a file. */
export interface Drawing {
  readonly host: PictureHost;
  readonly graph: PictureGraph;
  readonly picture: PlacedPicture;
  readonly regions: readonly Region[];
  /** Look of each group, by its id. */
  readonly looks: Readonly<Record<string, RegionLook>>;
  /** Groups whose functions have a line of their own colour: they share a node with others. */
  readonly mixedNodeIds: ReadonlySet<string>;
  /** What closed nodes hide, by node id. */
  readonly inside: Readonly<Record<string, Inside>>;
  readonly stops: readonly Stop[];
}

export function drawPicture(
  host: PictureHost,
  graph: PictureGraph,
  picture: PlacedPicture,
): Drawing {
  const closed = picture.nodes.filter(({ isOpen }) => !isOpen);
  const mixed = picture.nodes.filter(
    ({ rows }) => new Set(rows.map(({ bdf }) => host.functions[bdf]?.groupId)).size > 1,
  );
  return {
    host,
    graph,
    picture,
    regions: findRegions(host, graph, picture),
    looks: regionLooks(host),
    mixedNodeIds: new Set(mixed.map(({ node }) => node.id)),
    inside: Object.fromEntries(
      closed.map((shown) => [shown.node.id, insideOf(graph, host, shown)]),
    ),
    stops: stopsOf(picture),
  };
}
