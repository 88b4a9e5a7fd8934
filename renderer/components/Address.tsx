import { useAppSelector } from '../app/hooks.ts';
import { selectAddressForm } from '../features/settings/settings-selectors.ts';
import { writeAddress } from './addresses.ts';

/** A PCI address, never wrapped, in the form the settings ask for. */
export function Address({ value }: { value: string }) {
  const form = useAppSelector(selectAddressForm);
  return <span className="address">{writeAddress(value, form)}</span>;
}
