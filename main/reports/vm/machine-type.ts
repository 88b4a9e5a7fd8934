import type { Guest } from '../../../shared/vm.ts';
import type { HypervFeature, MachineType, PlacedVm } from '../../../shared/placed-vm.ts';

/** The machine without its version: `pc-q35-9.0` is `q35`. */
export function machineType(name: string): MachineType {
  if (name.includes('q35')) return 'q35';
  return name.startsWith('virt') ? 'virt' : 'pc';
}

/** Windows uses Hyper-V's features, and its version 11 a TPM; nothing tells other systems apart. */
export function guessGuest(hyperv: readonly HypervFeature[], tpm: PlacedVm['tpm']): Guest {
  if (hyperv.length === 0) return 'other';
  return tpm === undefined ? 'windows-10' : 'windows-11';
}
