import { isIPv6 } from 'node:net';
import { failure, ok, type Result } from '../../shared/result.ts';
import type { SshFailure } from './ssh-failure-code.ts';

/** A host as the user named it; what is left out is in the user's own configuration of ssh. */
export interface SshTarget {
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
}

const USER = /^[A-Za-z_][A-Za-z0-9._-]{0,63}$/;
/** A name, an alias of ssh_config(5) or an IPv4 address. It begins with no hyphen: no option. */
const HOST = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,252}$/;
/** Index of the interface of a link-local address. */
const ZONE = /^[A-Za-z0-9._-]{1,15}$/;

/**
 * Parses `ssh://[user@]host[:port]`. Everything that could be an option, a percent token or a
 * second word for ssh is refused here.
 */
export function parseSshTarget(name: string): Result<SshTarget, SshFailure> {
  const refuse = (reason: string) =>
    failure(
      'bad-name',
      `Cannot read ${printable(name)}: ${reason} (expected ssh://[user@]host[:port])`,
    );
  const [, login, bracketed, plain, portText] =
    /^ssh:\/\/(?:([^@/]*)@)?(?:\[([^[\]@/]*)\]|([^[\]@/:]*))(?::([^@/:]*))?\/?$/.exec(name) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return refuse('it names no host');
  if (login?.includes(':')) return refuse('Airlock takes no password, ssh asks for it');
  if (login !== undefined && !USER.test(login)) return refuse('no user has such a name');
  if (bracketed === undefined ? !HOST.test(host) : !isAddress(host)) {
    return refuse('no host has such a name');
  }
  if (portText !== undefined && !isPort(portText)) return refuse('no port has this number');
  return ok({ user: login, host, port: portText === undefined ? undefined : Number(portText) });
}

/** What messages call the host. */
export function targetName({ user, host, port }: SshTarget): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return `${user === undefined ? '' : `${user}@`}${shown}${port === undefined ? '' : `:${port}`}`;
}

/** The line for a terminal that logs in there. */
export function loginLine(target: SshTarget): string {
  return ['ssh', ...portOption(target), destination(target)].join(' ');
}

/** `[user@]host` for the command line of ssh. */
export function destination({ user, host }: SshTarget): string {
  return user === undefined ? host : `${user}@${host}`;
}

export function portOption({ port }: SshTarget): readonly string[] {
  return port === undefined ? [] : ['-p', String(port)];
}

function isAddress(text: string): boolean {
  const [address = '', zone, ...more] = text.split('%');
  return isIPv6(address) && more.length === 0 && (zone === undefined || ZONE.test(zone));
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
}

function printable(name: string): string {
  return name.slice(0, 120).replaceAll(/[^\x20-\x7e]/g, '?');
}
