import { describe, expect, it } from 'vitest';
import { canOpen } from '../../../../renderer/features/topology-picture/picture-collapse.ts';
import type { Drawing } from '../../../../renderer/features/topology-picture/picture-drawing.ts';
import { regionLooks } from '../../../../renderer/features/topology-picture/picture-regions.ts';
import {
  contains,
  overlaps,
} from '../../../../renderer/features/topology-picture/picture-shapes.ts';
import type { HostView } from '../../../../shared/view.ts';
import { AM4_OFF } from '../../fixtures/am4-off.ts';
import { BIG_SERVER } from '../../fixtures/big-server.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { drawHost, pictureHost } from './pictured-host.ts';

const VIEWS: readonly [string, HostView][] = [
  ['a desktop', INTEL_DESKTOP],
  ['a chipset', AM4_OFF],
  ['a server', BIG_SERVER],
];

async function drawings(view: HostView): Promise<readonly Drawing[]> {
  const host = pictureHost(view);
  const first = await drawHost(host);
  const ids = Object.values(first.graph.nodes).filter(canOpen).slice(0, 40);
  const opened = await drawHost(host, Object.fromEntries(ids.map(({ id }) => [id, true])));
  return [first, opened];
}

/** The rectangles of each group. */
function areasOf({ regions }: Drawing) {
  return new Map(
    regions.map(({ groupId, parts, rows }) => [
      groupId,
      [...parts.flatMap(({ rects }) => rects), ...rows],
    ]),
  );
}

/** The functions that show and have a group, with it. */
function groupedRows({ host, picture }: Drawing) {
  return picture.nodes.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const groupId = host.functions[row.bdf]?.groupId;
      return groupId === undefined ? [] : [{ row, groupId }];
    }),
  );
}

describe.each(VIEWS)('the regions of %s', (_name, view) => {
  it('hold the members of their group that show', async () => {
    for (const drawing of await drawings(view)) {
      const areas = areasOf(drawing);
      const rows = groupedRows(drawing);
      expect(rows.length).toBeGreaterThan(0);
      const lost = rows.filter(
        ({ row, groupId }) => areas.get(groupId)?.some((rect) => contains(rect, row)) !== true,
      );
      expect(lost).toEqual([]);
    }
  });

  it('cover no member of another group', async () => {
    for (const drawing of await drawings(view)) {
      const areas = [...areasOf(drawing)].flatMap(([groupId, rects]) =>
        rects.map((rect) => ({ groupId, rect })),
      );
      const wrong = groupedRows(drawing).flatMap(({ row, groupId }) =>
        areas
          .filter((area) => area.groupId !== groupId && overlaps(area.rect, row))
          .map((area) => `${row.bdf} lies in ${area.groupId}`),
      );
      expect(wrong).toEqual([]);
    }
  });

  it('are named once for each area', async () => {
    for (const { regions } of await drawings(view)) {
      for (const { parts } of regions) {
        expect(new Set(parts.map(({ label }) => `${label.x} ${label.y}`)).size).toBe(parts.length);
      }
    }
  });
});

describe('the look of a group', () => {
  it('stays when nodes are opened, is dull for parts of the host and differs from its neighbour', () => {
    const host = pictureHost(INTEL_DESKTOP);
    const looks = regionLooks(host);
    const coloured = Object.entries(looks).filter(([, look]) => look !== 'plain');
    expect(coloured.length).toBeGreaterThan(1);
    for (const [groupId, look] of Object.entries(looks)) {
      expect(look === 'plain', groupId).toBe(host.verdicts[groupId] === 'host-parts');
    }
    const inOrder = coloured.map(([, look]) => look);
    expect(inOrder.some((look, index) => look === inOrder[index + 1])).toBe(false);
  });
});
