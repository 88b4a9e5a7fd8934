/** Values of one argument; what is `undefined` is left out, and booleans are `on` and `off`. */
export type QemuValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** Two words of a command line. */
export type QemuOption = readonly [option: string, value: string];

/**
 * One option with its values: `-device vfio-pci,host=0000:01:00.0`.
 *
 * @param head - What comes first without a key, where there is such a thing.
 */
export function option(name: string, head: string | undefined, values: QemuValues): QemuOption {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escape(text(value))}`],
  );
  return [`-${name}`, [...(head === undefined ? [] : [escape(head)]), ...pairs].join(',')];
}

function text(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** A comma ends a value unless it stands twice. @see QEMU manual, "Invocation": "Doubling commas" */
function escape(value: string): string {
  return value.replaceAll(',', ',,');
}
