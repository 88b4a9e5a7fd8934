import { ViewportPortal } from '@xyflow/react';
import { memo } from 'react';
import { usePicture } from './picture-context.ts';
import type { Drawing } from './picture-drawing.ts';
import { linePath } from './line-path.ts';
import { RegionPatterns } from './RegionPatterns.tsx';

/** The regions of the groups and the lines, behind the nodes. */
export function PictureBackdrop() {
  const { drawing, selectedBdf, selectedGroupId } = usePicture();
  const groupId = selectedGroupId ?? drawing.host.functions[selectedBdf ?? '']?.groupId;
  return (
    <ViewportPortal>
      <Areas drawing={drawing} groupId={groupId} />
      <Labels drawing={drawing} />
    </ViewportPortal>
  );
}

interface AreasProps {
  readonly drawing: Drawing;
  /** The group that is explained. */
  readonly groupId: string | undefined;
}

const Areas = memo(function Areas({ drawing, groupId }: AreasProps) {
  const { picture } = drawing;
  // Groups of single lines have a chip and no area: there may be thousands.
  const regions = drawing.regions.filter(({ parts }) => parts.length > 0);
  return (
    <svg
      className="picture-areas"
      width={picture.width}
      height={picture.height}
      aria-hidden="true"
      focusable="false"
    >
      <RegionPatterns />
      {regions.map((region) => (
        <g
          key={region.groupId}
          className={`picture-area look-${region.look}`}
          data-selected={region.groupId === groupId}
        >
          {/* All outlines first: what lies inside is covered by the areas, and one outline stays. */}
          {['outline', 'area', 'pattern'].map((layer) =>
            region.parts.flatMap(({ rects }, part) =>
              rects.map((rect, index) => (
                <rect
                  key={`${layer} ${part} ${index}`}
                  className={`picture-area__${layer}`}
                  {...rect}
                  rx={10}
                />
              )),
            ),
          )}
        </g>
      ))}
      {picture.edges.map(({ childId, points }) => (
        <path key={childId} className="picture-line" d={linePath(points)} />
      ))}
    </svg>
  );
});

const Labels = memo(function Labels({ drawing }: { drawing: Drawing }) {
  const { chooseGroup } = usePicture();
  return drawing.regions.flatMap(({ groupId, look, parts }) =>
    parts.map(({ label }, part) => {
      const place = { transform: `translate(${label.x + 10}px, ${label.y + 4}px)` };
      const key = `${groupId} ${part}`;
      const className = `picture-label look-${look}`;
      return chooseGroup === undefined ? (
        <span key={key} className={className} style={place}>
          Group {groupId}
        </span>
      ) : (
        <button
          key={key}
          type="button"
          className={`${className} nopan`}
          style={place}
          tabIndex={-1}
          onClick={() => chooseGroup(groupId)}
        >
          Group {groupId}
        </button>
      );
    }),
  );
});
