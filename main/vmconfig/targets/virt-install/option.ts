/** One option of virt-install; some have no value. */
export type VirtInstallOption = readonly [name: string, value?: string];

/** Keys and values of an option; what is `undefined` is left out, and `true` is a key alone. */
export type Values = Readonly<Record<string, string | number | true | undefined>>;

/** `--disk path=/a,bus=virtio`. */
export function option(name: string, values: Values, head?: string): VirtInstallOption {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [value === true ? key : `${key}=${protect(String(value))}`],
  );
  return [name, [...(head === undefined ? [] : [protect(head)]), ...pairs].join(',')];
}

/** Sets what virt-install has no word for. @see virt-install(1), "--xml" */
export function xmlOption(path: string, value: string): VirtInstallOption {
  return option('xml', { 'xpath.set': path, 'xpath.value': value });
}

/**
 * virt-install splits values as a shell splits words, with commas in place of spaces.
 *
 * @see virt-manager virtinst/cli.py, `_parse_optstr_tuples()`
 */
function protect(value: string): string {
  return /[,'"\\]/.test(value) ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : value;
}
