import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';

/** `ASUSTeK ROG STRIX X570-E`, without the fillers that boards come with. */
export function boardName(host: Host): string | undefined {
  const board = host.machine?.board;
  if (board === undefined) return undefined;
  const name = usable(known(board.boardName)) ?? usable(known(board.productName));
  const vendor = usable(known(board.boardVendor)) ?? usable(known(board.systemVendor));
  if (name === undefined) return vendor;
  return vendor === undefined || name.startsWith(vendor) ? name : `${vendor} ${name}`;
}

const FILLERS =
  /^(to be filled.*|default string|system (manufacturer|product name|version)|not (applicable|specified)|none|o\.e\.m\.|unknown|base board.*)?$/i;

function usable(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return FILLERS.test(trimmed) ? undefined : trimmed;
}
