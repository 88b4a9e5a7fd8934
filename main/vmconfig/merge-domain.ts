import type { HostDevice, PlacedVm } from '../../shared/placed-vm.ts';
import type { TargetOptions } from './generator.ts';
import { writeDomain } from './libvirt/write-domain.ts';

/** A domain with more devices, and which it had already. */
export interface MergedDomain {
  readonly text: string;
  readonly alreadyThere: readonly string[];
}

/**
 * Puts devices into the text of a domain: new lines before the end of its devices, and nothing else
 * changes. Root ports get numbers that are free; libvirt chooses their places.
 *
 * @param text - A domain, of which `present` was read.
 * @param added - A machine that was placed for the devices.
 */
export function mergeDomain(
  text: string,
  present: PlacedVm,
  added: PlacedVm,
  options: TargetOptions,
): MergedDomain {
  const names = new Set(present.hostDevices.map(nameOf));
  const fresh = added.hostDevices.filter((device) => !names.has(nameOf(device)));
  const alreadyThere = added.hostDevices.map(nameOf).filter((name) => names.has(name));
  const vm = renumbered({ ...added, hostDevices: fresh }, firstFreeBus(text));
  const xml = writeDomain(vm, { ...options, scope: 'fragment' }).files[0]?.text ?? '';
  const lines = deviceLines(xml);
  const end = text.lastIndexOf('</devices>');
  if (end < 0 || fresh.length === 0) return { text, alreadyThere };
  const start = text.lastIndexOf('\n', end) + 1;
  return { text: `${text.slice(0, start)}${lines}${text.slice(start)}`, alreadyThere };
}

function nameOf(device: HostDevice): string {
  return device.kind === 'mdev' ? device.uuid : device.bdf;
}

/** Beyond every number that is in the text, of a controller or an address. */
function firstFreeBus(text: string): number {
  const numbers = [
    ...text.matchAll(/\bindex=['"](\d+)['"]/g),
    ...text.matchAll(/\bbus=['"](0x[\da-f]+)['"]/gi),
  ].map(([, number]) => Number(number));
  return Math.max(0, ...numbers) + 1;
}

function renumbered(vm: PlacedVm, first: number): PlacedVm {
  const buses = [...new Set(vm.hostDevices.flatMap(({ at }) => at?.bus ?? []))];
  const numbers = new Map(buses.map((bus, index) => [bus, first + index]));
  return {
    ...vm,
    ports: [...numbers].map(([, index]) => ({ index })),
    hostDevices: vm.hostDevices.map((device) => {
      const bus = numbers.get(device.at?.bus ?? -1);
      return bus === undefined || device.at === undefined
        ? device
        : { ...device, at: { ...device.at, bus } };
    }),
  };
}

/** Ports and devices of the host; the rest is the domain's own affair. */
function deviceLines(xml: string): string {
  const inside = /^ {2}<devices>\n([^]*?)^ {2}<\/devices>$/m.exec(xml)?.[1] ?? '';
  return [
    ...inside.matchAll(
      /^ {4}<(controller|hostdev|interface)\b(?:[^\n]*\/>\n|[^]*?^ {4}<\/\1>\n)/gm,
    ),
  ]
    .map(([element]) => element)
    .join('');
}
