import { saveFile } from '../../components/save-file.ts';
import type { Drawing } from './picture-drawing.ts';
import { writeSvg } from './picture-svg.ts';

/** Two pixels of the file for one of the picture, as far as browsers draw such a surface. */
const SHARPNESS = 2;
const MOST_PX = 8192;

export function savePictureSvg(drawing: Drawing, title: string): void {
  saveFile(fileName(title, 'svg'), new TextEncoder().encode(writeSvg(drawing, title)));
}

/** Draws the SVG file on a canvas. The policy of the page allows images in data addresses only. */
export async function savePicturePng(drawing: Drawing, title: string): Promise<void> {
  const { width, height } = drawing.picture;
  const scale = Math.min(SHARPNESS, MOST_PX / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(writeSvg(drawing, title))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser could not write the PNG file');
  saveFile(fileName(title, 'png'), new Uint8Array(await blob.arrayBuffer()));
}

/** `x470d4u-topology.svg`. */
function fileName(title: string, extension: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `${[...words.slice(0, 6), 'topology'].join('-')}.${extension}`;
}
