import type { RedactionReport } from './redaction-report.ts';

type Kind = RedactionReport['replaced'][number]['kind'];

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
