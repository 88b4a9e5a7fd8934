import type { TreeOptions } from './build-tree.ts';

/** Secure boot and lockdown on, a built-in driver, modules asked for, and a VM that is set up. */
export const SETUP_TREE: TreeOptions = {
  functions: [{ bdf: '0000:00:02.0', driver: 'nvme' }],
  files: {
    'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': new Uint8Array([
      6, 0, 0, 0, 1,
    ]),
    'sys/kernel/security/lockdown': 'none [integrity] confidentiality\n',
    'lib/modules/6.12.117-amd64/modules.builtin':
      'kernel/drivers/nvme/host/nvme.ko\nkernel/drivers/vfio/pci/vfio-pci.ko\n',
    'lib/modules/6.12.117-amd64/modules.alias':
      'alias pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_core\nalias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci\n',
    'sys/module/nvme/initstate': 'live\n',
    'etc/modules': '# vfio_virqfd\nvfio_virqfd\nloop\n',
    'etc/modprobe.d/vfio.conf': 'options vfio-pci ids=10de:2204\n',
  },
  links: { 'sys/bus/pci/drivers/nvme/module': '../../../../module/nvme' },
};
