/** The address as the settings want it: short leaves domain `0000:` out. */
export function writeAddress(address: string, form: 'short' | 'long'): string {
  return form === 'short' && address.startsWith('0000:') ? address.slice(5) : address;
}
