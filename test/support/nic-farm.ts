import { FULL_ACS } from './build-config.ts';
import type { TreeFunction } from './build-tree.ts';

const FUNCTIONS_PER_NIC = 128;
const NICS_PER_DOMAIN = 31;
const NIC = { vendorId: 0x15b3, classCode: 0x020000, portType: 'endpoint', hasAri: true } as const;
const SUBSYSTEM = 0x15b30061;

/**
 * Makes a large host: root ports with ACS, below each a NIC with 2 PFs and 126 VFs, every function
 * in a group of its own but for the two PFs. For benchmarks.
 *
 * @param count - Number of functions; the last NIC is cut short.
 */
export function nicFarm(count: number): TreeFunction[] {
  const functions: TreeFunction[] = [];
  for (let nic = 0; functions.length < count; nic++) functions.push(...oneNic(nic));
  return functions.slice(0, count).map((fn, index) => ({ ...fn, group: fn.group ?? `${index}` }));
}

function oneNic(nic: number): TreeFunction[] {
  const domain = Math.floor(nic / NICS_PER_DOMAIN);
  const bus = 1 + (nic % NICS_PER_DOMAIN);
  const port = formatAddress(domain, 0, bus * 8);
  return [
    {
      bdf: port,
      driver: 'pcieport',
      config: {
        deviceId: 0x2030,
        classCode: 0x060400,
        portType: 'root-port',
        forwardsAri: true,
        acs: FULL_ACS,
        bridge: { primary: 0, secondary: bus, subordinate: bus },
        subsystem: SUBSYSTEM,
      },
    },
    ...Array.from({ length: FUNCTIONS_PER_NIC }, (_, devfn) =>
      devfn < 2 ? physicalFunction(domain, bus, devfn) : virtualFunction(domain, bus, devfn),
    ).map((fn) => ({ ...fn, parent: port })),
  ];
}

function physicalFunction(domain: number, bus: number, devfn: number): TreeFunction {
  return {
    bdf: formatAddress(domain, bus, devfn),
    driver: 'mlx5_core',
    group: `${100_000 + domain * 256 + bus}`,
    config: {
      ...NIC,
      deviceId: 0x1017,
      subsystem: SUBSYSTEM,
      isMultifunction: true,
      hasFlr: true,
      sriov: {
        totalVfs: 63,
        numVfs: 63,
        firstVfOffset: devfn === 0 ? 2 : 64,
        vfStride: 1,
        vfDeviceId: 0x1018,
      },
    },
  };
}

function virtualFunction(domain: number, bus: number, devfn: number): TreeFunction {
  return {
    bdf: formatAddress(domain, bus, devfn),
    driver: 'mlx5_core',
    physicalFunction: formatAddress(domain, bus, devfn < 65 ? 0 : 1),
    vendorId: NIC.vendorId,
    deviceId: 0x1018,
    config: { ...NIC, subsystem: SUBSYSTEM, hasFlr: true },
  };
}

function formatAddress(domain: number, bus: number, devfn: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(devfn >> 3, 2)}.${devfn & 7}`;
}
