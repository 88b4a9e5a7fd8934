import { failure, ok } from '../../../shared/result.ts';
import { EMPTY_PART, type BootResult, type BootWish } from './boot-wish.ts';

/**
 * TrueNAS: its own interface only, and only for graphics cards; files would be overwritten.
 *
 * @see truenas/middleware, `system.advanced.update_gpu_pci_ids`
 */
export function truenasPart({ functions }: BootWish): BootResult {
  const displays = functions.filter(({ card }) => card.classCode.startsWith('03'));
  const slots = new Set(displays.map(({ card }) => slotOf(card.bdf)));
  const other = functions.find(({ card }) => !slots.has(slotOf(card.bdf)));
  if (other !== undefined) {
    const reason = 'TrueNAS isolates graphics cards only; give it to the machine at run time';
    return failure('unsupported', `Cannot bind ${other.card.bdf} at boot: ${reason}`);
  }
  const addresses = JSON.stringify(displays.map(({ card }) => card.bdf));
  const call = 'midclt call system.advanced.update_gpu_pci_ids';
  return ok({
    ...EMPTY_PART,
    instructions: [
      'System, Advanced Settings, Isolated GPU Device: choose the card; or at the command line:',
      `${call} '${addresses}'`,
    ],
    undoInstructions: [`${call} '[]'`],
    notes: [
      'The call replaces the list: cards that are isolated already must be named, too',
      'One graphics card must stay with the host',
    ],
  });
}

function slotOf(bdf: string): string {
  return bdf.replace(/\.\d$/, '');
}
