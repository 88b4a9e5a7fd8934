import { createContext, useContext } from 'react';
import type { Drawing } from './picture-drawing.ts';

/** What the parts of one picture share. */
export interface PictureContents {
  readonly drawing: Drawing;
  /** The function that the inspector explains, by its address in the picture. */
  readonly selectedBdf: string | undefined;
  readonly selectedGroupId: string | undefined;
  /** How addresses are written; asked once, not for each of thousands of lines. */
  readonly addressForm: 'short' | 'long';
  /** The stop that Tab leads to. */
  readonly activeId: string | undefined;
  readonly toggle: (nodeId: string, isOpen: boolean) => void;
  /** Missing where groups are predictions that the inspector does not know. */
  readonly chooseGroup: ((groupId: string) => void) | undefined;
}

const PictureContext = createContext<PictureContents | undefined>(undefined);
export const PictureProvider = PictureContext.Provider;

export function usePicture(): PictureContents {
  const contents = useContext(PictureContext);
  if (contents === undefined) throw new Error('A part of the picture stands outside of a picture');
  return contents;
}
