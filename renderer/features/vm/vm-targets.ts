import type { VmTarget } from '../../../shared/vm-report.ts';

interface TargetWords {
  readonly word: string;
  /** What to do with what is written. */
  readonly use: string;
}

/** What a configuration can be written for, and how it is used there. */
export const VM_TARGETS: Readonly<Record<VmTarget, TargetWords>> = {
  libvirt: { word: 'libvirt', use: 'Save it, then: virsh define FILE' },
  qemu: { word: 'QEMU', use: 'A script that starts the machine, and its arguments as a list' },
  proxmox: { word: 'Proxmox', use: 'A script for root on the node that has the devices' },
  'virt-install': { word: 'virt-install', use: 'A script that makes and starts the machine' },
  incus: { word: 'Incus', use: 'A script for a member of the group incus-admin' },
  'cloud-hypervisor': { word: 'Cloud Hypervisor', use: 'A script that starts the machine' },
  kubevirt: { word: 'KubeVirt', use: 'kubectl apply, after reading it against the cluster' },
  nova: { word: 'OpenStack Nova', use: 'A section of nova.conf, and commands for a flavor' },
  nixos: { word: 'NixOS', use: 'A module for configuration.nix, and the domain beside it' },
  unraid: { word: 'Unraid', use: 'XML for the VM manager, and a file for the boot stick' },
};

export const VM_TARGET_NAMES = Object.keys(VM_TARGETS) as readonly VmTarget[];
