/** A line that QEMU's monitor answers; what it says besides has no `id`. */
export interface QmpReply {
  readonly id?: string;
  readonly return?: unknown;
}

/**
 * Asks for the bus and place of each device. Before firmware has numbered the buses `query-pci`
 * shows nothing below a port, so the devices themselves are asked.
 *
 * @param ids - Of the devices.
 */
export function placeQuestions(ids: readonly string[]): readonly object[] {
  return ids.flatMap((id) =>
    ['parent_bus', 'addr'].map((property) => ({
      execute: 'qom-get',
      id: `${property} ${id}`,
      arguments: { path: `/machine/peripheral/${id}`, property },
    })),
  );
}

/** What the monitor said, line by line. */
export function readReplies(output: string): readonly QmpReply[] {
  return output
    .split(/\r?\n/)
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as QmpReply);
}

/** Device id to `bus/slot.function`, the bus by the id of its port. */
export function placesIn(
  replies: readonly QmpReply[],
  ids: readonly string[],
): Readonly<Record<string, string>> {
  const answers = new Map(replies.map(({ id, return: value }) => [id, String(value)]));
  const places = ids.map((id) => {
    const bus = answers.get(`parent_bus ${id}`)?.split('/').at(-1);
    const devfn = Number(answers.get(`addr ${id}`));
    return [id, `${bus}/${devfn >> 3}.${devfn & 7}`] as const;
  });
  return Object.fromEntries(places);
}
