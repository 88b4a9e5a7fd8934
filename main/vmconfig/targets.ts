import type { VmTarget } from '../../shared/vm-report.ts';
import type { Generator } from './generator.ts';
import { writeDomain } from './libvirt/write-domain.ts';
import { writeCommandLine } from './qemu/write-command-line.ts';
import { writeProxmox } from './targets/proxmox/write-proxmox.ts';
import { writeVirtInstall } from './targets/virt-install/write-virt-install.ts';
import { writeCloudHypervisor } from './targets/write-cloud-hypervisor.ts';
import { writeIncus } from './targets/write-incus.ts';
import { writeKubeVirt } from './targets/write-kubevirt.ts';
import { writeNixos } from './targets/write-nixos.ts';
import { writeNova } from './targets/write-nova.ts';
import { writeUnraid } from './targets/write-unraid.ts';

/** Every target and its generator: the only list, checked against the names in `shared`. */
export const TARGETS: Readonly<Record<VmTarget, Generator>> = {
  libvirt: writeDomain,
  qemu: writeCommandLine,
  proxmox: writeProxmox,
  'virt-install': writeVirtInstall,
  incus: writeIncus,
  'cloud-hypervisor': writeCloudHypervisor,
  kubevirt: writeKubeVirt,
  nova: writeNova,
  nixos: writeNixos,
  unraid: writeUnraid,
};
