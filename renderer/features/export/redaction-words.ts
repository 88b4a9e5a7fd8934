import type { RedactionPreview } from '../../../shared/redaction-preview.ts';
import { counted } from '../../components/counted.ts';

type Kind = RedactionPreview['replaced'][number]['kind'];

/** What is replaced, one and several. */
export const REPLACED_KINDS: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  host: ['host name', 'host names'],
  user: ['user name', 'user names'],
  ip: ['IP address', 'IP addresses'],
  mac: ['hardware address', 'hardware addresses'],
  serial: ['serial number', 'serial numbers'],
  uuid: ['UUID', 'UUIDs'],
  label: ['disk label', 'disk labels'],
  if: ['interface name', 'interface names'],
  secret: ['password or key', 'passwords or keys'],
};

/** What stays the same in the copy. */
export function keptWords({ kept }: RedactionPreview): string {
  if (kept === undefined) {
    return 'The file shows no host to compare the copy with: look through the copy before you send it.';
  }
  const functions = counted(kept.functions, 'function');
  return `Unchanged: ${functions} with addresses, ids and topology, and ${counted(kept.groups, 'group')}. Look through the copy before you send it: what people write freely may hold more.`;
}
