import type { QmpReply } from '../../support/vm-tools/place-questions.ts';

/** A function as the guest's PCI has it. */
export interface ShownFunction {
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
  readonly qdev_id: string;
  readonly id: { readonly vendor: number; readonly device: number };
}

interface Node extends ShownFunction {
  readonly pci_bridge?: { readonly devices?: readonly Node[] };
}

/**
 * Every function with an id that the last answer to `query-pci` has, by its id.
 *
 * @see QEMU qapi/pci.json, `PciDeviceInfo`
 */
export function shownDevices(replies: readonly QmpReply[]): ReadonlyMap<string, ShownFunction> {
  const last = replies.map((reply) => reply.return).findLast(isListOfBuses);
  const all = (last ?? []).flatMap(({ devices }) => devices.flatMap(withThoseBelow));
  return new Map(all.filter(({ qdev_id: id }) => id !== '').map((one) => [one.qdev_id, one]));
}

interface Bus {
  readonly devices: readonly Node[];
}

function isListOfBuses(value: unknown): value is readonly Bus[] {
  return Array.isArray(value) && value.length > 0;
}

function withThoseBelow(node: Node): readonly Node[] {
  return [node, ...(node.pci_bridge?.devices ?? []).flatMap(withThoseBelow)];
}
