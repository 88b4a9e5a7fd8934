import fc from 'fast-check';
import type { PortType } from '../../shared/host.ts';
import type { FunctionNotation } from './host-notation.ts';

/** ACS of one function: none, empty, all on, or some bits off. */
const acs = fc.option(
  fc.tuple(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x7f })),
  { nil: undefined },
);

const ids = fc.constantFrom<readonly [number, number]>(
  [0x1234, 0x5678],
  [0x1b4b, 0x9172],
  [0x8086, 0x1c10],
  [0x8086, 0x10fb],
  [0x10b5, 0x87b0],
  [0x1180, 0xe832],
);

const FUNCTION_TYPES: readonly PortType[] = ['endpoint', 'legacy-endpoint', 'rciep', 'rcec'];
const PORT_TYPES: readonly PortType[] = [
  'root-port',
  'downstream-port',
  'upstream-port',
  'pcie-to-pci-bridge',
];

/** One function, drawn by chance. */
export interface Draw {
  readonly isPort: boolean;
  readonly type: number;
  readonly slot: number;
  readonly fn: number;
  readonly parent: number;
  readonly acs: readonly [number, number] | undefined;
  readonly ids: readonly [number, number];
  readonly isCovered: boolean;
}

/** Topologies, drawn by chance: see {@link topologyOf}. */
export const draws = fc.array(
  fc.record({
    isPort: fc.boolean(),
    type: fc.nat(3),
    slot: fc.nat(3),
    fn: fc.nat(3),
    parent: fc.nat(8),
    acs,
    ids,
    isCovered: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
  }),
  { minLength: 1, maxLength: 24 },
);

/** Hangs each drawn function below an earlier port, or on the root bus; addresses stay unique. */
export function topologyOf(drawn: readonly Draw[]): FunctionNotation[] {
  const ports: { at: string; bus: number }[] = [];
  const taken = new Set<string>();
  const functions: FunctionNotation[] = [];
  for (const draw of drawn) {
    const above = ports[draw.parent];
    const at = `${(above?.bus ?? 0).toString(16).padStart(2, '0')}:${draw.slot.toString(16).padStart(2, '0')}.${draw.fn}`;
    if (taken.has(at)) continue;
    taken.add(at);
    const bus = ports.length + 1;
    if (draw.isPort) ports.push({ at, bus });
    functions.push({
      at,
      type: (draw.isPort ? PORT_TYPES : FUNCTION_TYPES)[draw.type] ?? 'endpoint',
      multifunction: true,
      ids: draw.ids,
      ...(above && { below: above.at }),
      ...(draw.isPort && { secondary: bus }),
      ...(draw.acs && { acs: draw.acs }),
      ...(!draw.isCovered && { iommu: undefined }),
    });
  }
  return functions;
}
