import { useReducedMotion } from '@mantine/hooks';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import type { Drawing } from './picture-drawing.ts';
import type { Rect } from './picture-shapes.ts';

/** Moves and scales the picture. */
export interface PictureCamera {
  /** The first look: all of it where that can be read, else where it begins, or at one place. */
  readonly start: (place?: Rect) => void;
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  /** Brings a place into view and to a size that can be read. */
  readonly show: (place: Rect) => void;
}

/** Below this scale text cannot be read. */
const READABLE = 0.7;
const MOVE_MS = 200;

export function usePictureCamera({ picture }: Drawing): PictureCamera {
  const flow = useReactFlow();
  const store = useStoreApi();
  const duration = useReducedMotion() ? 0 : MOVE_MS;
  const fit = useCallback(
    (isAtOnce = false) => {
      const { width, height } = picture;
      const time = isAtOnce ? {} : { duration };
      void flow.fitBounds({ x: 0, y: 0, width, height }, { padding: 0.02, ...time });
    },
    [flow, picture, duration],
  );
  return useMemo(
    () => ({
      fit: () => fit(),
      start: (place) => {
        const { width, height } = store.getState();
        const scale = Math.min(width / picture.width, height / picture.height);
        if (scale >= READABLE) return fit(true);
        const middle = (picture.nodes[0]?.y ?? 0) * READABLE;
        const x = place === undefined ? 0 : width / 2 - (place.x + place.width / 2) * READABLE;
        const y = place === undefined ? height / 2 - middle : height / 2 - place.y * READABLE;
        void flow.setViewport({ x: Math.min(0, x), y: Math.min(0, y), zoom: READABLE });
      },
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration }),
      show: (place) => {
        const { width, height, transform } = store.getState();
        const [left, top, scale] = transform;
        const x = place.x * scale + left;
        const y = place.y * scale + top;
        const isSeen =
          x >= 0 &&
          y >= 0 &&
          x + place.width * scale <= width &&
          y + place.height * scale <= height;
        if (isSeen && scale >= READABLE) return;
        const zoom = Math.max(scale, READABLE);
        const middle = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
        void flow.setCenter(middle.x, middle.y, { zoom, duration });
      },
    }),
    [flow, store, picture, fit, duration],
  );
}
