/** A device of a guest: where it is, and what of the host it is. */
export interface Occupant {
  /** Of the host; other devices only take places. */
  readonly isOfHost: boolean;
  /** What names the card on the host, and the function there; left out for what is no function. */
  readonly card?: string;
  readonly fn?: number;
  readonly at?: Place;
}

export interface Place {
  /** By its name or number. */
  readonly bus: string;
  readonly slot: number;
  readonly fn: number;
}

/** Where a device goes, and whether others follow in its slot. */
export interface Move<T> {
  readonly one: T;
  readonly at: Place;
  readonly isMultifunction: boolean;
}

/** Into the slot of the card's first function, with the function numbers of the host. */
export function gatherCards<T extends Occupant>(all: readonly T[]): readonly Move<T>[] {
  const cards = Map.groupBy(all, ({ card = '' }) => card);
  cards.delete('');
  return [...cards.values()].flatMap((card) => {
    const sorted = card.toSorted((a, b) => (a.fn ?? 0) - (b.fn ?? 0));
    const first = sorted.find(({ at }) => at !== undefined)?.at;
    const slots = new Set(card.flatMap(({ at }) => (at === undefined ? [] : [slotName(at)])));
    if (first === undefined || slots.size < 2) return [];
    const isShared = inSlot(all, first).some((other) => !card.includes(other));
    if (isShared) return [];
    return sorted.map((one, index) => ({
      one,
      at: { ...first, fn: index === 0 ? 0 : (one.fn ?? 0) },
      isMultifunction: index === 0,
    }));
  });
}

/** The lowest of a slot with a device of the host becomes what the guest looks for. */
export function giveFunction0<T extends Occupant>(all: readonly T[]): readonly Move<T>[] {
  return hostSlots(all).flatMap((slot) => {
    const [one] = slot.toSorted((a, b) => (a.at?.fn ?? 0) - (b.at?.fn ?? 0));
    if (one?.at === undefined || one.at.fn === 0) return [];
    return [{ one, at: { ...one.at, fn: 0 }, isMultifunction: slot.length > 1 }];
  });
}

/** The first of each slot that has more than one. */
export function findFirsts<T extends Occupant>(all: readonly T[]): readonly T[] {
  return hostSlots(all).flatMap((slot) =>
    slot.length > 1 ? slot.filter(({ at, isOfHost }) => isOfHost && at?.fn === 0) : [],
  );
}

/** Slots with a device of the host, with all that is in them. */
export function hostSlots<T extends Occupant>(all: readonly T[]): readonly (readonly T[])[] {
  const placed = all.filter(({ at }) => at !== undefined);
  const slots = Map.groupBy(placed, ({ at }) => (at === undefined ? '' : slotName(at)));
  return [...slots.values()].filter((slot) => slot.some(({ isOfHost }) => isOfHost));
}

/** A place beside a device for another function of its card: as on the host, or the next free one. */
export function placeBeside<T extends Occupant>(
  all: readonly T[],
  at: Place,
  wanted: number,
): Place | undefined {
  const taken = new Set(inSlot(all, at).map((one) => one.at?.fn));
  const fn = [wanted, 0, 1, 2, 3, 4, 5, 6, 7].find((one) => !taken.has(one));
  return fn === undefined ? undefined : { ...at, fn };
}

/**
 * Numbers of which none is there twice.
 *
 * @returns New ones by their index; the first of each stays.
 */
export function renumber(numbers: readonly number[]): ReadonlyMap<number, number> {
  let free = Math.max(0, ...numbers.filter(Number.isFinite));
  const repeated = numbers.flatMap((one, index) => (numbers.indexOf(one) < index ? [index] : []));
  return new Map(repeated.map((index) => [index, (free += 1)]));
}

function inSlot<T extends Occupant>(all: readonly T[], place: Place): readonly T[] {
  return all.filter(({ at }) => at !== undefined && slotName(at) === slotName(place));
}

function slotName({ bus, slot }: Place): string {
  return `${bus}:${slot}`;
}
