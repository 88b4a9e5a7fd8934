import type { Bdf } from '../../shared/bdf.ts';
import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { FunctionView } from '../../shared/view.ts';
import type { FunctionNode, Topology } from '../engine/topology.ts';
import { sideBelow } from '../engine/whatif/find-card.ts';

/**
 * What a what-if question could ask of a function: VFs of a physical function; a card for a port
 * that leads to a link with nothing on it.
 */
export function whatifOffers(
  node: FunctionNode,
  topology: Topology,
  host: Host,
): Pick<FunctionView, 'totalVfs' | 'freeSlot'> {
  const { config, details, bdf } = node.fn;
  const sriov = known(known(config)?.sriov);
  const totalVfs = sriov && (known(details?.sriovTotalVfs) ?? sriov.totalVfs);
  const bridge = known(config)?.bridge;
  const isFree =
    bridge !== undefined && topology.below(node).length === 0 && sideBelow(node.fn) === 'link';
  const label = isFree ? slotLabel(bdf, bridge.secondary, host) : undefined;
  return {
    ...(totalVfs !== undefined && totalVfs > 0 && { totalVfs }),
    ...(isFree && { freeSlot: label === undefined ? {} : { label } }),
  };
}

/**
 * @see Linux Documentation/ABI/testing/sysfs-bus-pci, `/sys/bus/pci/slots/.../address`: the bus
 *   below the port and device 0, also where the slot is empty
 */
function slotLabel(port: Bdf, bus: number, host: Host): string | undefined {
  const below = `${port.slice(0, -8)}:${bus.toString(16).padStart(2, '0')}:00`;
  return host.machine?.physicalSlots.find(({ bdf }) => bdf?.slice(0, -2) === below)?.name;
}
