import fc from 'fast-check';
import type { Host } from '../../shared/host.ts';
import type { MemoryFacts, ProcessorFacts } from '../../shared/processors.ts';
import type { VmWishInput } from '../../shared/vm.ts';
import { anyWish } from './any-wish.ts';
import { details } from './details.ts';
import { draws, topologyOf, type Draw } from './draw-topology.ts';
import { makeHost, type FunctionNotation } from './host-notation.ts';
import { machine } from './machine.ts';

/** A host, and a machine wished from what it has. */
export interface WishedMachine {
  readonly host: Host;
  readonly wish: Partial<VmWishInput>;
}

/** Any host, any choice of its functions, any wish, names as bad as they come. */
export const anyMachine: fc.Arbitrary<WishedMachine> = fc
  .record({
    drawn: draws,
    wish: anyWish,
    domain: fc.constantFrom('0000', '0001', '10000'),
    processor: fc.constantFrom(
      ['x86_64', 'GenuineIntel'] as const,
      ['x86_64', 'AuthenticAMD'] as const,
      ['aarch64', undefined] as const,
    ),
    cores: fc.integer({ min: 0, max: 8 }),
    threads: fc.constantFrom(1, 2),
    nodes: fc.integer({ min: 1, max: 2 }),
    picks: fc.array(fc.nat(23), { minLength: 8, maxLength: 8 }),
  })
  .map(({ drawn, wish, domain, processor, picks, ...counts }) => {
    const [architecture, cpuVendor] = processor;
    const functions = functionsOf(drawn, domain);
    const facts =
      counts.cores > 0 ? { processors: processorsOf(counts), memory: memoryOf(counts) } : {};
    const host = makeHost({
      functions,
      ...(cpuVendor !== undefined && { cpuVendor }),
      machine: machine(facts),
    });
    return {
      host: { ...host, iommu: { ...host.iommu, architecture } },
      wish: wishFor(wish, functions, picks),
    };
  });

const CLASSES = [0x030000, 0x030200, 0x040300, 0x0c0330, 0x010802, 0x020000, 0x120000] as const;

/** Every third network card is a virtual function of the first one that is none. */
function functionsOf(drawn: readonly Draw[], domain: string): readonly FunctionNotation[] {
  const functions = topologyOf(drawn).map((fn, index) => ({
    ...fn,
    at: `${domain}:${fn.at}`,
    ...(fn.below !== undefined && { below: `${domain}:${fn.below}` }),
    details: details({ numaNode: index % 2 }),
    ...(fn.secondary === undefined && { classCode: CLASSES[index % CLASSES.length] }),
  }));
  const cards = functions.filter(({ secondary }) => secondary === undefined);
  return functions.map((fn) => {
    const isVirtual = cards.indexOf(fn) % 3 === 2;
    return isVirtual ? { ...fn, physicalFunction: cards[0]?.at } : fn;
  }) as readonly FunctionNotation[];
}

interface Counts {
  /** None: they were not read. */
  readonly cores: number;
  readonly threads: number;
  readonly nodes: number;
}

function processorsOf({ cores, threads }: Counts): ProcessorFacts {
  const numbers = Array.from({ length: cores * threads }, (_, number) => number);
  return {
    online: numbers,
    isolated: [],
    processors: numbers.map((number) => ({
      number,
      siblings: numbers.filter((other) => other % cores === number % cores),
      lastLevelCache: numbers,
    })),
  };
}

function memoryOf({ cores, threads, nodes }: Counts): MemoryFacts {
  const totalKib = 64 * 1024 * 1024;
  const pools = [2048, 1024 * 1024].map((pageKib) => ({ pageKib, total: 4, free: 4 }));
  const numbers = Array.from({ length: cores * threads }, (_, number) => number);
  return {
    totalKib,
    nodes: Array.from({ length: nodes }, (_, id) => ({
      id,
      cpus: numbers.filter((number) => number % nodes === id),
      totalKib: totalKib / nodes,
      pools,
    })),
    pools,
  };
}

/** The same wish with functions of this host in place of those that it names. */
function wishFor(
  wish: Partial<VmWishInput>,
  functions: readonly FunctionNotation[],
  picks: readonly number[],
): Partial<VmWishInput> {
  const cards = functions.filter(({ secondary }) => secondary === undefined);
  const virtual = cards.filter(({ physicalFunction }) => physicalFunction !== undefined);
  const pick = (from: readonly FunctionNotation[], index: number) =>
    from[(picks[index] ?? 0) % from.length]?.at;
  const input = pick(cards, 7);
  return {
    ...wish,
    devices: (wish.devices ?? []).flatMap((device, index): NonNullable<VmWishInput['devices']> => {
      if (device.kind === 'mdev') return [device];
      const bdf = pick(device.kind === 'vf' ? virtual : cards, index);
      return bdf === undefined ? [] : [{ ...device, bdf }];
    }),
    ...(wish.input?.kind === 'usb-controller' && {
      input: input === undefined ? { kind: 'none' } : { kind: 'usb-controller', bdf: input },
    }),
  };
}
