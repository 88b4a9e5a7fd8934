import type { LogPattern } from '../log-pattern.ts';

const BIND_ALL =
  'Bind every endpoint of the group to vfio-pci; bridges stay with their driver. If the host needs one of them: another slot';
const DEAD = ['power-inaccessible', 'not-ready-gone', 'unknown-header-type', 'power-refused'];

/** What QEMU and libvirt say when a VM does not start. */
export const QEMU_AND_LIBVIRT: readonly LogPattern[] = [
  {
    id: 'group-not-viable',
    weight: 'cause',
    needle: 'is not viable',
    regex: /(?:(?<device>[0-9a-f:.]{7,16}): (?:error, )?)?group (?<group>\d+) is not viable/,
    meaning:
      'Another device of the IOMMU group has a driver of the host: VFIO gives the whole group or nothing',
    check: 'The members of the group and their drivers: airlock groups',
    remedy: BIND_ALL,
    source: 'QEMU hw/vfio/container.c, vfio_group_get()',
    examples: [
      'qemu-system-x86_64: -device vfio-pci,host=01:00.0,id=hostdev0,bus=pci.0,addr=0xa: vfio error: 0000:01:00.0: group 1 is not viable',
    ],
  },
  {
    id: 'group-bind-hint',
    weight: 'symptom',
    needle: 'are bound to vfio-',
    regex:
      /[Pp]lease ensure all devices within the iommu_group are bound to their vfio bus driver|all devices in group (?<group>\d+) are bound to vfio-/,
    meaning: 'The hint to a group that VFIO cannot open or a device that it cannot get',
    check: 'The line before, and the members of the group: airlock groups',
    remedy: BIND_ALL,
    explainedBy: ['group-not-viable', 'vfio-busy', 'device-not-bound'],
    source: 'QEMU hw/vfio/container.c, vfio_group_get() and vfio_device_get()',
    examples: [
      'Verify all devices in group 14 are bound to vfio-<bus> or pci-stub and not already in use',
    ],
  },
  {
    id: 'container-not-permitted',
    weight: 'symptom',
    needle: 'ailed to set iommu for container: Operation not permitted',
    regex: /[Ff]ailed to set iommu for container: Operation not permitted/,
    meaning:
      'The kernel refused the device: interrupts are not remapped, or firmware demands a mapping for it',
    check: 'The kernel log: "No interrupt remapping", or "RMRR", or "1:1 IOMMU mapping"',
    remedy: 'What that line asks for; an ACS override helps in neither case',
    explainedBy: ['no-interrupt-remapping', 'rmrr-ineligible', 'direct-mapping-required'],
    source: 'QEMU hw/vfio/container.c, vfio_set_iommu(); Linux drivers/vfio/vfio_iommu_type1.c',
    examples: [
      'qemu-system-x86_64: -device vfio-pci,host=0b:00.0: vfio: failed to set iommu for container: Operation not permitted',
    ],
  },
  {
    id: 'container-no-iommu',
    weight: 'cause',
    needle: 'ailed to set iommu for container:',
    regex:
      /[Ff]ailed to set iommu for container: (?:Input\/output error|Invalid argument|No such device)/,
    meaning: 'There is no IOMMU behind the device, or the module vfio_iommu_type1 is missing',
    check: 'lsmod for vfio_iommu_type1; for a mediated device whether the IOMMU is on',
    remedy: 'modprobe vfio_iommu_type1; on Intel intel_iommu=on',
    explainedBy: ['no-dmar-devices', 'amd-iommu-disabled'],
    source: 'QEMU hw/vfio/container.c, vfio_set_iommu()',
    examples: [
      'failed to setup container for group 11: Failed to set iommu for container: Input/output error',
    ],
  },
  {
    id: 'several-address-spaces',
    weight: 'cause',
    needle: 'used in multiple address spaces',
    regex: /vfio (?<device>\S{7,16}): group (?<group>\d+) used in multiple address spaces/,
    meaning:
      'The VM has an IOMMU of its own, which translates for each function by itself, and VFIO translates for a host group as a whole: of one group one function can be behind it',
    check: 'Which devices of the VM are in that group: airlock groups',
    remedy:
      'Take the guest IOMMU away, or all functions of the group but one; one guest slot for all of them does not help',
    source: 'QEMU hw/vfio/container.c, vfio_group_get(); hw/i386/intel_iommu.c, vtd_find_add_as()',
    examples: [
      'vfio 0000:01:00.1: group 1 used in multiple address spaces',
      'qemu-system-x86_64: -device vfio-pci,host=0000:01:00.1,id=hostdev1,bus=rp1,addr=0x0.0x1: vfio 0000:01:00.1: group 1 used in multiple address spaces',
    ],
  },
  {
    id: 'bar-not-mapped',
    weight: 'symptom',
    needle: 'Performance may be slow',
    regex: /Failed to mmap (?<device>\S{7,16}) BAR \d+\. Performance may be slow/,
    meaning: 'QEMU reaches this memory of the device only by detours',
    check: 'A line "can\'t reserve" of the kernel for the same device',
    remedy: 'What that line asks for',
    explainedBy: ['bar-not-reserved'],
    source: 'QEMU hw/vfio/pci.c and region.c, vfio_region_mmap()',
    examples: ['Failed to mmap 0000:01:00.0 BAR 3. Performance may be slow'],
  },
  {
    id: 'vfio-busy',
    weight: 'cause',
    needle: ': Device or resource busy',
    regex:
      /(?:(?<device>[0-9a-f:.]{7,16}): )?(?:failed to|[Cc]ould not) open '?\/dev\/vfio\/(?<group>\d+)'?: Device or resource busy/,
    meaning: 'Another process has this group: mostly another VM, or one that did not end',
    check: 'fuser -v /dev/vfio/GROUP',
    remedy: 'Shut that VM down. Devices of one group cannot go to two VMs',
    source:
      'QEMU hw/vfio/container.c, vfio_group_get(); Linux drivers/vfio/group.c, vfio_group_fops_open()',
    examples: [
      'qemu-system-x86_64: -device vfio-pci,host=01:00.1: vfio 0000:01:00.1: failed to open /dev/vfio/1: Device or resource busy',
    ],
  },
  {
    id: 'vfio-permission',
    weight: 'cause',
    needle: '/dev/vfio/',
    regex: /open '?\/dev\/vfio\/(?:(?<group>\d+)|vfio)'?: Permission denied/,
    meaning: 'The user that QEMU runs as may not open the group',
    check: 'Owner and mode of /dev/vfio/GROUP; with libvirt cgroup_device_acl in qemu.conf',
    remedy: 'Let libvirt manage the device, or give the file to the user by a udev rule',
    source: 'QEMU hw/vfio/container.c, vfio_group_get()',
    examples: ['vfio error: 0000:01:00.0: failed to open /dev/vfio/1: Permission denied'],
  },
  {
    id: 'vfio-absent',
    weight: 'cause',
    needle: '/dev/vfio/',
    regex: /open '?\/dev\/vfio\/(?:(?<group>\d+)|vfio)'?: No such file or directory/,
    meaning: 'No device of the group is bound to vfio-pci, or the module vfio is not loaded',
    check: 'The driver of the device: lspci -k',
    remedy: BIND_ALL,
    source: 'QEMU hw/vfio/container.c, vfio_group_get()',
    examples: [
      'vfio 0000:01:00.0: failed to open /dev/vfio/16: No such file or directory',
      "qemu-system-x86_64: -device vfio-pci,host=0000:01:00.0,id=hostdev0,bus=rp1,addr=0x0.0x0: vfio 0000:01:00.0: Could not open '/dev/vfio/3': No such file or directory",
    ],
  },
  {
    id: 'device-not-bound',
    weight: 'cause',
    needle: 'error getting device from group',
    regex:
      /(?<device>[0-9a-f:.]{7,16}): error getting device from group (?<group>\d+): No such device/,
    meaning: 'The group is with VFIO, but this device of it is not bound to vfio-pci',
    check: 'The driver of the device: lspci -k',
    remedy: BIND_ALL,
    source: 'QEMU hw/vfio/container.c, vfio_device_get()',
    examples: [
      'qemu-system-x86_64: -device vfio-pci,host=0000:01:00.1,id=hostdev1,bus=rp1,addr=0x0.0x1: vfio 0000:01:00.1: error getting device from group 1: No such device',
    ],
  },
  {
    id: 'reset-not-owned',
    weight: 'cause',
    needle: 'which is not owned',
    regex:
      /vfio: Cannot reset device (?<device>\S{7,16}), depends on group (?<group>\d+) which is not owned/,
    meaning: 'The device can be reset only with others on its bus, and the VM does not have those',
    check: 'The members of the named group, and reset_method of the device',
    remedy: 'Give the VM the devices of the named group too, or use a slot of its own',
    source: 'QEMU hw/vfio/pci.c, vfio_pci_hot_reset()',
    examples: ['vfio: Cannot reset device 0000:03:00.0, depends on group 15 which is not owned.'],
  },
  {
    id: 'reset-none',
    weight: 'cause',
    needle: 'no available reset mechanism',
    regex: /vfio: Cannot reset device (?<device>\S{7,16}), no available reset mechanism/,
    meaning: 'The device offers no reset: a VM gets it as the last one left it',
    check: 'reset_method of the device in sysfs',
    remedy:
      'Many integrated controllers work all the same; if a second start fails, restart the host in between',
    source: 'QEMU hw/vfio/pci.c, vfio_pci_hot_reset()',
    examples: ['kvm: vfio: Cannot reset device 0000:00:1f.3, no available reset mechanism.'],
  },
  {
    id: 'dma-map-failed',
    weight: 'cause',
    needle: 'vfio_dma_map(0x',
    regex:
      /vfio_dma_map\(0x[0-9a-f]+, 0x[0-9a-f]+, 0x[0-9a-f]+, 0x[0-9a-f]+\) = -(?:12|14|16|17|22)/,
    meaning:
      'Memory of the VM could not be mapped for the device: -12 too little may be locked, -22 an address beyond what the IOMMU can',
    check:
      'The number at the end; with -22 the second number against the address width of the IOMMU',
    remedy:
      '-12: raise the limit of locked memory. -22: host-phys-bits-limit, a smaller 64-bit window, or less memory for the VM. For a BAR of another device it costs only direct transfers between the two',
    explainedBy: ['memlock-exceeded'],
    source: 'QEMU hw/vfio/listener.c, vfio_listener_region_add()',
    examples: [
      'qemu-system-x86_64: vfio_dma_map(0x557b2f2736d0, 0x380000000000, 0x1000000, 0x7f98ac400000) = -22 (Invalid argument)',
    ],
  },
  {
    id: 'dma-map-fatal',
    weight: 'symptom',
    needle: 'DMA mapping failed, unable to continue',
    regex: /hardware error: vfio: DMA mapping failed, unable to continue/,
    meaning: 'QEMU gave up since memory could not be mapped for the device',
    check: 'The line vfio_dma_map before it',
    remedy: 'What that line asks for',
    explainedBy: ['dma-map-failed', 'memlock-exceeded'],
    source: 'QEMU hw/vfio/listener.c, vfio_listener_region_add()',
    examples: ['qemu: hardware error: vfio: DMA mapping failed, unable to continue'],
  },
  {
    id: 'intx-not-set-up',
    weight: 'cause',
    needle: 'Failed to set up TRIGGER eventfd signaling',
    regex: /(?<device>\S{7,16}): Failed to set up TRIGGER eventfd signaling for interrupt INTX-0/,
    meaning:
      'The old interrupt line of the device is shared with a device of the host, and this one cannot be told apart on it',
    check: 'proc/interrupts for who has the same line',
    remedy:
      'Unbind the other device or move the card to another slot; the option nointxmask=1 of vfio-pci needs a line of its own',
    explainedBy: DEAD,
    source: 'QEMU hw/vfio/pci.c, vfio_intx_enable_kvm() and vfio_device_irq_set_signaling()',
    examples: [
      'qemu-system-x86_64: vfio 0000:08:00.0: Failed to set up TRIGGER eventfd signaling for interrupt INTX-0: VFIO_DEVICE_SET_IRQS failure: Device or resource busy',
    ],
  },
  {
    id: 'libvirt-in-use',
    weight: 'cause',
    needle: 'is in use by driver QEMU, domain',
    regex: /PCI device (?<device>\S{7,16}) is in use by driver QEMU, domain \S/,
    meaning: 'Another VM has the device',
    check: 'The name at the end of the line',
    remedy: 'Shut that VM down first',
    source: 'libvirt src/hypervisor/virhostdev.c',
    examples: [
      'error: Requested operation is not valid: PCI device 0000:01:00.0 is in use by driver QEMU, domain win10',
    ],
  },
  {
    id: 'libvirt-bridge',
    weight: 'cause',
    needle: 'Non-endpoint PCI devices',
    regex: /Non-endpoint PCI devices cannot be assigned to guests/,
    meaning: 'The VM was given a bridge; bridges stay with the host',
    check: 'The hostdev entries of the VM against lspci',
    remedy: 'Take the bridge out; only endpoints are given to a VM',
    source: 'libvirt src/hypervisor/virhostdev.c',
    examples: ['error: internal error: Non-endpoint PCI devices cannot be assigned to guests'],
  },
  {
    id: 'libvirt-locked-memory',
    weight: 'cause',
    needle: 'cannot limit locked memory',
    regex: /cannot limit locked memory (?:of process \d+ )?to \d+/,
    meaning:
      'libvirt may not raise the limit of locked memory that VFIO needs: it runs without the right, as in a session or a container',
    check: 'Whether the VM is one of qemu:///session, or runs in a container',
    remedy: 'Use qemu:///system, or raise the limit for the user (memlock in limits.conf)',
    source: 'libvirt src/util/virprocess.c, virProcessSetMaxMemLock()',
    examples: [
      'libvirt: error : cannot limit locked memory to 1342177280: Operation not permitted',
    ],
  },
];
