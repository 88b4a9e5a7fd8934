import { useStore } from '@xyflow/react';
import type { ReactFlowState } from '@xyflow/react';

const distanceOf = ({ transform }: ReactFlowState) => {
  if (transform[2] >= 0.6) return 'near';
  return transform[2] >= 0.3 ? 'middle' : 'far';
};

/** Says how far away the picture is, for styles: names of groups grow where the rest gets small. */
export function DistanceMark() {
  return <span className="picture-distance" data-distance={useStore(distanceOf)} hidden />;
}
