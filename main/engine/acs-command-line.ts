import { bdfParts } from '../../shared/bdf.ts';
import { known } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';
import { ACS_BITS } from '../pci/acs-bits.ts';

/** One request on the kernel command line that changes ACS control bits. */
export interface AcsRequest {
  readonly option: 'disable_acs_redir' | 'config_acs';
  /** Bits that it switches off, and bits that it switches on. */
  readonly clears: number;
  readonly sets: number;
  /** The device, as written: `00:04.0`, `pci:8086:1901`. */
  readonly device: string;
  /** The whole option, for evidence. */
  readonly text: string;
}

const REDIRECTS = ACS_BITS.RR | ACS_BITS.CR | ACS_BITS.EC;

/**
 * Finds `pci=disable_acs_redir=` and `pci=config_acs=` on a kernel command line.
 *
 * @see Linux Documentation/admin-guide/kernel-parameters.txt, `pci=`
 */
export function parseAcsRequests(commandLine: string): readonly AcsRequest[] {
  return commandLine
    .split(/\s+/)
    .filter((word) => word.startsWith('pci='))
    .flatMap((word) => word.slice(4).split(','))
    .flatMap(parseOption);
}

/**
 * Whether a device of the command line names this function: by address, where a path of `/dev.fn`
 * is followed from its last part, or by ids, where 0 is any.
 *
 * @see Linux drivers/pci/pci.c, `pci_dev_str_match()`
 */
export function matchesDevice(device: string, fn: PciFunction): boolean {
  return device.startsWith('pci:') ? matchesIds(device.slice(4), fn) : matchesAddress(device, fn);
}

function parseOption(option: string): readonly AcsRequest[] {
  const [name, value = ''] = splitOnce(option, '=');
  if (name === 'disable_acs_redir') {
    return value
      .split(';')
      .filter((device) => device !== '')
      .map((device) => ({
        option: 'disable_acs_redir',
        clears: REDIRECTS,
        sets: 0,
        device,
        text: `pci=disable_acs_redir=${device}`,
      }));
  }
  return name === 'config_acs' ? value.split(';').flatMap(parseConfigAcs) : [];
}

/** Flags are read from the right: bit 0 is SV; `x` leaves a bit. */
function parseConfigAcs(text: string): readonly AcsRequest[] {
  const [flags, device] = splitOnce(text, '@');
  if (device === undefined || !/^[01x]{1,7}$/.test(flags)) return [];
  const digits = [...flags].reverse();
  const bits = (digit: string) =>
    digits.reduce((sum, flag, bit) => (flag === digit ? sum | (1 << bit) : sum), 0);
  return [
    {
      option: 'config_acs',
      clears: bits('0'),
      sets: bits('1'),
      device,
      text: `pci=config_acs=${text}`,
    },
  ];
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function matchesIds(ids: string, fn: PciFunction): boolean {
  const wanted = ids.split(':').map((id) => parseInt(id, 16));
  const subsystem = known(fn.subsystem) ?? 0;
  const has = [known(fn.vendorId), known(fn.deviceId), subsystem >>> 16, subsystem & 0xffff];
  return wanted.every((id, at) => id === 0 || id === has[at]);
}

function matchesAddress(device: string, fn: PciFunction): boolean {
  const last = device.split('/').at(-1) ?? '';
  const match = /^(?:(?:([0-9a-f]+):)?([0-9a-f]+):)?([0-9a-f]+)\.([0-7])$/i.exec(last);
  if (!match) return false;
  const parts = bdfParts(fn.bdf);
  const isSame = (text: string | undefined, value: number) =>
    text === undefined || parseInt(text, 16) === value;
  const isInDomain = match[2] === undefined || isSame(match[1] ?? '0', parts.domain);
  return (
    isInDomain &&
    isSame(match[2], parts.bus) &&
    isSame(match[3], parts.deviceNumber) &&
    isSame(match[4], parts.functionNumber)
  );
}
