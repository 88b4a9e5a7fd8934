/** The value of `-machine`, `-accel` or `-cpu` with emulation in place of KVM. */
export function valueWithoutKvm(option: string, value: string): string {
  return option === '-cpu'
    ? value.replace(/^host\b/, 'max').replaceAll(/\b(hv-[a-z-]+)=on/g, '$1=off')
    : value.replace('accel=kvm', 'accel=tcg').replace(/^kvm$/, 'tcg');
}
