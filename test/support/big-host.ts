import { formatBdf } from '../../shared/bdf.ts';
import type { TreeFunction } from './build-tree.ts';

const PORTS_PER_DOMAIN = 30;
const PFS = 2;
const VFS = 126;

/** One function of a large made-up server. */
export interface BigFunction {
  readonly bdf: string;
  readonly parent?: string;
  readonly secondary?: number;
  readonly physicalFunction?: string;
  readonly group: string;
}

/**
 * A large server: root ports with ACS, below each a NIC with two PFs and 126 VFs.
 *
 * @param count - Number of functions; further host bridges are added as needed.
 */
export function bigHost(count: number): readonly BigFunction[] {
  const functions: BigFunction[] = [];
  for (let card = 0; functions.length < count; card++) addCard(functions, card, count);
  return functions;
}

function addCard(functions: BigFunction[], card: number, count: number): void {
  const domain = Math.floor(card / PORTS_PER_DOMAIN);
  const deviceNumber = (card % PORTS_PER_DOMAIN) + 1;
  const bus = deviceNumber;
  const at = (devfn: number) =>
    formatBdf({ domain, bus, deviceNumber: devfn >> 3, functionNumber: devfn & 7 });
  const port = formatBdf({ domain, bus: 0, deviceNumber, functionNumber: 0 });
  const group = card * (VFS + 2);
  const card0: BigFunction[] = [{ bdf: port, secondary: bus, group: String(group) }];
  for (let pf = 0; pf < PFS; pf++) {
    card0.push({ bdf: at(pf), parent: port, group: String(group + 1) });
  }
  for (let vf = 0; vf < VFS; vf++) {
    const physicalFunction = at(vf % PFS);
    card0.push({
      bdf: at(0x80 + vf),
      parent: port,
      physicalFunction,
      group: String(group + 2 + vf),
    });
  }
  functions.push(...card0.slice(0, count - functions.length));
}

/** The same for `buildTree`: full configuration spaces and links. */
export function bigTree(count: number): readonly TreeFunction[] {
  return bigHost(count).map(({ bdf, parent, secondary, physicalFunction, group }) => ({
    bdf,
    group,
    ...(parent !== undefined && { parent }),
    ...(physicalFunction !== undefined && { physicalFunction, vendorId: 0x8086, deviceId: 0x1572 }),
    driver: secondary === undefined ? 'i40e' : 'pcieport',
    config:
      secondary === undefined
        ? { portType: 'endpoint', isMultifunction: true, vendorId: 0x8086, deviceId: 0x1572 }
        : {
            portType: 'root-port',
            vendorId: 0x8086,
            deviceId: 0x2030,
            classCode: 0x060400,
            bridge: { primary: 0, secondary, subordinate: secondary },
            acs: { capability: 0x1f, control: 0x1d },
          },
  }));
}
