import type { FunctionView } from '../../../shared/view.ts';
import { writeAddress } from '../../components/addresses.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';

/** One entry of a list to choose from. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The changes that make sense on a host. */
export interface OfferedChanges {
  /** Whether it is a question what switching the IOMMU on gives. */
  readonly canSwitchOn: boolean;
  /** Ports, those that do not isolate first. */
  readonly ports: readonly (Choice & { readonly isOn: boolean })[];
  /** Cards in slots, by their first function. */
  readonly cards: readonly Choice[];
  readonly freeSlots: readonly Choice[];
  /** Physical functions with the most VFs that they can have. */
  readonly physicalFunctions: readonly (Choice & { readonly totalVfs: number })[];
}

export function offeredChanges(host: HostRecord): OfferedChanges {
  const functions = host.functionIds.flatMap((bdf) => host.functions[bdf] ?? []);
  const parents = new Set(functions.flatMap(({ parent }) => parent ?? []));
  const ports = functions.filter((fn) => fn.kind === 'port' || parents.has(fn.bdf));
  return {
    canSwitchOn: host.iommu.state !== 'active',
    ports: ports
      .toSorted((a, b) => Number(a.acs === 'isolates') - Number(b.acs === 'isolates'))
      .map((fn) => ({ ...choice(fn), isOn: fn.acs === 'isolates' })),
    cards: cardsOf(functions, parents).map(choice),
    freeSlots: functions.flatMap(slotChoice),
    physicalFunctions: functions.flatMap((fn) =>
      fn.totalVfs === undefined ? [] : [{ ...choice(fn), totalVfs: fn.totalVfs }],
    ),
  };
}

/** The first function of each card below a port; what is a bridge itself is left to the terminal. */
function cardsOf(
  functions: readonly FunctionView[],
  parents: ReadonlySet<string>,
): readonly FunctionView[] {
  const cards = functions.filter(
    (fn) =>
      fn.parent !== undefined &&
      fn.physicalFunction === undefined &&
      !fn.isHostPart &&
      !parents.has(fn.bdf),
  );
  const firsts = Map.groupBy(cards, ({ bdf }) => bdf.slice(0, -2));
  return [...firsts.values()].flatMap(([first]) => first ?? []);
}

function choice(fn: FunctionView): Choice {
  return { value: fn.bdf, label: `${writeAddress(fn.bdf, 'short')} ${fn.name}` };
}

/** A slot by the label that is printed beside it, where the reading knows it. */
function slotChoice({ bdf, role, freeSlot }: FunctionView): readonly Choice[] {
  if (freeSlot === undefined) return [];
  const port = `${role} ${writeAddress(bdf, 'short')}`;
  const { label } = freeSlot;
  return [
    { value: bdf, label: label === undefined ? `Slot below ${port}` : `Slot ${label} (${port})` },
  ];
}
