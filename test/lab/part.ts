/**
 * What is plugged into a laboratory machine: a tree of QEMU devices. Buses, chassis and slot
 * numbers follow from the tree, so a part can be taken out or moved without touching another.
 */
export interface Part {
  /** Name of the QEMU device. */
  readonly device: string;
  /** Device and function on its bus, such as `4.1`; QEMU chooses where it is left out. */
  readonly at?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** What is plugged in below, for ports and bridges. */
  readonly below?: readonly Part[];
}

/** A port or bridge with what is below it. */
export function bridge(
  device: string,
  at: string | undefined,
  below: readonly Part[],
  options: Readonly<Record<string, string>> = {},
): Part {
  return { device, ...(at === undefined ? {} : { at }), options, below };
}

/** A leaf. */
export function leaf(
  device: string,
  at?: string,
  options: Readonly<Record<string, string>> = {},
): Part {
  return { device, ...(at === undefined ? {} : { at }), options };
}

/** Several functions of one slot: `0.0`, `0.1`, …; the first says that there are more. */
export function functions(slot: string, parts: readonly Part[]): readonly Part[] {
  return parts.map((part, index) => ({
    ...part,
    at: `${slot}.${index}`,
    options: { ...part.options, ...(index === 0 ? { multifunction: 'on' } : {}) },
  }));
}

/** Arguments for QEMU, each part after the one above it. */
export function deviceArguments(parts: readonly Part[], rootBus: string): readonly string[] {
  const args: string[] = [];
  let count = 0;
  const add = (part: Part, bus: string): void => {
    const id = `part${++count}`;
    args.push('-device', deviceOption(part, bus, id, count));
    for (const below of part.below ?? []) add(below, id);
  };
  for (const part of parts) add(part, rootBus);
  return args;
}

/** Options that QEMU wants and that say nothing about a topology. */
function deviceOption(part: Part, bus: string, id: string, number: number): string {
  const options = {
    id,
    bus,
    ...(part.at === undefined ? {} : { addr: part.at }),
    ...routine(part.device, number),
    ...part.options,
  };
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [part.device, ...pairs].join(',');
}

const NUMBERED_PORTS = ['ioh3420', 'xio3130-downstream'];
const NETWORK_CARDS = ['e1000', 'e1000e', 'rtl8139', 'igb', 'i82559er'];

function routine(device: string, number: number): Record<string, string> {
  const port = { chassis: `${number}`, slot: `${number}` };
  // The firmware gives each port 4 KiB of I/O addresses and stops when 64 KiB are gone.
  if (device === 'pcie-root-port') return { ...port, 'io-reserve': '0' };
  if (NUMBERED_PORTS.includes(device)) return port;
  if (device === 'pci-bridge') return { chassis_nr: `${number}`, shpc: 'off' };
  if (NETWORK_CARDS.includes(device)) return { romfile: '' };
  if (device === 'nvme') return { serial: `nvme${number}` };
  return {};
}
