import {
  HYPERV_FEATURES,
  type HypervFeature,
  type PlacedFirmware,
} from '../../../shared/placed-vm.ts';
import type { Guest, VmWish } from '../../../shared/vm.ts';

/** Windows 11 asks for EFI with secure boot and a TPM 2.0; others boot from plain EFI. */
export function chooseFirmware({ firmware, guest }: VmWish): PlacedFirmware {
  const choice = firmware ?? (guest === 'windows-11' ? 'efi-secure' : 'efi');
  return choice === 'bios' ? { kind: 'bios' } : { kind: 'efi', isSecure: choice === 'efi-secure' };
}

export function hasTpm({ hasTpm: wished, guest }: VmWish): boolean {
  return wished ?? guest === 'windows-11';
}

/**
 * What Windows uses of its own hypervisor's interface. `avic` needs a host with APICv or AVIC to
 * have an effect; `vendor_id` is for drivers that look for a hypervisor's name.
 */
export function hypervFor(guest: Guest, isHypervisorHidden: boolean): readonly HypervFeature[] {
  if (!isWindows(guest)) return [];
  return HYPERV_FEATURES.filter((name) => name !== 'vendor_id' || isHypervisorHidden);
}

export function isWindows(guest: Guest): boolean {
  return guest === 'windows-11' || guest === 'windows-10';
}
