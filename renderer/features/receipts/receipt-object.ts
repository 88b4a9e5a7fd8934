import type { ReceiptView } from '../../../shared/binding.ts';
import { writeAddress } from '../../components/addresses.ts';

/** What a receipt is about, by name: its functions, or the kernel arguments alone. */
export function receiptObject(receipt: ReceiptView, form: 'short' | 'long'): string {
  const { functions, arguments: words } = receipt;
  const names = functions.map(({ bdf }) => writeAddress(bdf, form));
  return (names.length === 0 ? words.map(({ word }) => word) : names).join(' and ');
}
