import type { LogPattern } from '../log-pattern.ts';

/** What QEMU says where it is to open a device by itself, through iommufd. */
export const IOMMUFD: readonly LogPattern[] = [
  {
    id: 'iommufd-not-bound',
    weight: 'cause',
    needle: "vfio-dev: couldn't open directory",
    regex:
      /\/(?<device>[0-9a-f:.]{7,16})\/vfio-dev: couldn't open directory \S{1,80}: No such file or directory/,
    meaning: 'The device is not bound to vfio-pci, so there is nothing to open through iommufd',
    check: 'The driver of the device: lspci -k',
    remedy: 'Bind the device to vfio-pci, and every other endpoint of its group',
    source: 'QEMU hw/vfio/iommufd.c, iommufd_cdev_getfd()',
    examples: [
      "qemu-system-x86_64: -device vfio-pci,host=0000:01:00.0,id=hostdev0,bus=rp1,addr=0x0.0x0,iommufd=iommufd0: vfio 0000:01:00.0: vfio /sys/bus/pci/devices/0000:01:00.0/vfio-dev: couldn't open directory /sys/bus/pci/devices/0000:01:00.0/vfio-dev: No such file or directory",
    ],
  },
  {
    id: 'iommufd-node-absent',
    weight: 'cause',
    needle: 'vfio-dev: failed to load',
    regex: /\/(?<device>[0-9a-f:.]{7,16})\/vfio-dev: failed to load "\S{1,120}\/dev"/,
    meaning:
      'The kernel gives a device no node of its own for iommufd: it was built without VFIO_DEVICE_CDEV, as those of Debian up to 7.3',
    check: 'Whether dev/iommu and dev/vfio/devices are there',
    remedy: 'Start the VM without iommufd, through the node of the group',
    source: 'QEMU hw/vfio/iommufd.c, iommufd_cdev_getfd(); Linux drivers/vfio/device_cdev.c',
    examples: [
      'qemu-system-x86_64: -device vfio-pci,host=0000:01:00.0,id=hostdev0,bus=rp1,addr=0x0.0x0,iommufd=iommufd0: vfio 0000:01:00.0: vfio /sys/bus/pci/devices/0000:01:00.0/vfio-dev: failed to load "/sys/bus/pci/devices/0000:01:00.0/vfio-dev/vfio0/dev"',
    ],
  },
];
