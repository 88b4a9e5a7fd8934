import type { RedactionPreview } from '../../../shared/redaction-preview.ts';
import { counted } from '../../components/counted.ts';

/** What stays the same in the copy. */
export function keptWords({ kept }: RedactionPreview): string {
  if (kept === undefined) {
    return 'The file shows no host to compare the copy with: look through the copy before you send it.';
  }
  const functions = counted(kept.functions, 'function');
  return `Unchanged: ${functions} with addresses, ids and topology, and ${counted(kept.groups, 'group')}. Look through the copy before you send it: what people write freely may hold more.`;
}
