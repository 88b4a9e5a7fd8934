import type { HandedOut } from '../../shared/handed-out.ts';
import { saveFile } from './save-file.ts';

/**
 * Has the browser save a file where the backend did not write it.
 *
 * @returns Where it went, in words; `undefined` where the person thought better of it.
 */
export function takeHandedOut(handedOut: HandedOut): string | undefined {
  switch (handedOut.kind) {
    case 'file':
      return `Wrote ${handedOut.path}.`;
    case 'bytes':
      saveFile(handedOut.name, handedOut.bytes);
      return `Saved as ${handedOut.name}.`;
    case 'cancelled':
      return undefined;
  }
}
