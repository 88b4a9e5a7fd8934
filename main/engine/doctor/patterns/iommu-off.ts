import type { LogPattern } from '../log-pattern.ts';

const ENABLE =
  'Switch on VT-d or AMD-Vi (IOMMU, SVM is not enough) in the firmware setup; on Intel add intel_iommu=on to the kernel command line, on AMD nothing is needed there';

/** No IOMMU, or a firmware that describes it wrongly. */
export const IOMMU_OFF: readonly LogPattern[] = [
  {
    id: 'no-dmar-devices',
    weight: 'cause',
    needle: 'No DMAR devices found',
    regex: /DMAR: No DMAR devices found/,
    meaning: 'Firmware has a DMAR table that names no working VT-d unit, so there is no IOMMU',
    check: 'Whether VT-d is on in the firmware setup, and whether sys/class/iommu is empty',
    remedy: ENABLE,
    source: 'Linux drivers/iommu/intel/dmar.c, dmar_table_init()',
    examples: ['[    0.012345] DMAR: No DMAR devices found'],
  },
  {
    id: 'dmar-broken',
    weight: 'cause',
    needle: 'DMAR reported at address',
    regex: /Your BIOS is broken; DMAR reported at address/,
    meaning: 'Firmware gives an address for a VT-d unit where there is none; the unit is not used',
    check: 'The version of the BIOS that the next line names, against that of the vendor',
    remedy: 'Update the firmware, and switch VT-d off and on again there',
    source: 'Linux drivers/iommu/intel/dmar.c, warn_invalid_dmar()',
    examples: [
      '[    0.050130] DMAR: [Firmware Bug]: Your BIOS is broken; DMAR reported at address 0!',
    ],
  },
  {
    id: 'amd-iommu-disabled',
    weight: 'cause',
    needle: 'AMD IOMMU disabled',
    regex: /AMD IOMMU disabled (?:on|by) kernel command[- ]line/,
    meaning: 'The kernel was told to leave the IOMMU off (amd_iommu=off)',
    check: 'proc/cmdline for amd_iommu=off or iommu=off',
    remedy: 'Take the option out of the boot loader configuration and restart',
    source: 'Linux drivers/iommu/amd/init.c, state machine of amd_iommu_init()',
    examples: ['AMD-Vi: AMD IOMMU disabled on kernel command-line'],
  },
  {
    id: 'pve-iommu-absent',
    weight: 'cause',
    needle: 'IOMMU not present',
    regex: /cannot prepare PCI pass-through, IOMMU not present/,
    meaning: 'Proxmox found no IOMMU groups, so no device can be given to a VM',
    check: 'Whether sys/kernel/iommu_groups has anything in it, and which boot loader is used',
    remedy: `${ENABLE}. With systemd-boot the file is /etc/kernel/cmdline, then proxmox-boot-tool refresh`,
    source: 'Proxmox qemu-server, PVE/QemuServer/PCI.pm',
    examples: ['TASK ERROR: cannot prepare PCI pass-through, IOMMU not present'],
  },
  {
    id: 'libvirt-no-passthrough',
    weight: 'cause',
    needle: 'support passthrough of host PCI devices',
    regex: /host doesn't support (?:VFIO )?passthrough of host PCI devices/i,
    meaning: 'libvirt found no IOMMU groups or no vfio-pci: PCI passthrough cannot work here',
    check: 'sys/kernel/iommu_groups, and whether the module vfio-pci can be loaded',
    remedy: `${ENABLE}; then modprobe vfio-pci`,
    source: 'libvirt src/hypervisor/virhostdev.c',
    examples: [
      "error: unsupported configuration: host doesn't support passthrough of host PCI devices",
    ],
  },
  {
    id: 'no-group',
    weight: 'cause',
    needle: 'no iommu_group found',
    regex: /vfio (?<device>\S{7,16}): no iommu_group found/,
    meaning: 'The device has no IOMMU group: the IOMMU is off, or does not cover it',
    check: 'The link iommu_group of the device in sysfs, and DMAR or AMD-Vi lines of the boot',
    remedy: ENABLE,
    source: 'QEMU hw/vfio, vfio_device_get_groupid() and its predecessors',
    examples: [
      'qemu-system-x86_64: -device vfio-pci,host=08:00.0: vfio 0000:08:00.0: no iommu_group found: No such file or directory',
    ],
  },
  {
    id: 'vfio-probe-failed',
    weight: 'symptom',
    needle: 'failed with error -22',
    regex: /vfio-pci(?::| \S{7,16}:) probe (?:of (?<device>\S{7,16}) )?failed with error -22/,
    meaning:
      'vfio-pci refused the device: it has no IOMMU group, is a bridge, or is a PF that VFs depend on',
    check: 'The link iommu_group of the device; without one the IOMMU is off',
    remedy: ENABLE,
    explainedBy: ['no-dmar-devices', 'amd-iommu-disabled', 'dmar-broken'],
    source: 'Linux drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_register_device()',
    examples: [
      '[ 1297.875090] vfio-pci: probe of 0000:31:00.0 failed with error -22',
      '[  613.669612] vfio-pci 0000:07:00.0: probe failed with error -22',
    ],
  },
  {
    id: 'noiommu-taint',
    weight: 'cause',
    needle: 'vfio-noiommu group',
    regex: /(?<device>\S{7,16}): Adding kernel taint for vfio-noiommu group on device/,
    meaning:
      'The device is used through VFIO without an IOMMU: nothing keeps it from the memory of the host',
    check: 'Module option enable_unsafe_noiommu_mode, and why there is no IOMMU',
    remedy: `${ENABLE}; take enable_unsafe_noiommu_mode away`,
    source: 'Linux drivers/vfio, vfio_noiommu_group_alloc() and its caller',
    examples: [
      '[   20.1] vfio-pci 0000:00:05.0: Adding kernel taint for vfio-noiommu group on device',
    ],
  },
  {
    id: 'ioapic-not-in-ivrs',
    weight: 'cause',
    needle: 'not in IVRS table',
    regex: /IOAPIC\[\d+\] not in IVRS table/,
    meaning:
      'Firmware leaves an interrupt controller out of the IVRS table, so interrupts are not remapped',
    check: 'Whether "AMD-Vi: Interrupt remapping enabled" follows',
    remedy:
      'Update the firmware; as long as it is wrong, ivrs_ioapic[ID]=BUS:DEV.FN on the kernel command line can state the missing entry',
    source: 'Linux drivers/iommu/amd/init.c, check_ioapic_information()',
    examples: ['[    0.297481] [Firmware Bug]: AMD-Vi: IOAPIC[7] not in IVRS table'],
  },
  {
    id: 'no-interrupt-remapping',
    weight: 'cause',
    needle: 'No interrupt remapping',
    regex: /No interrupt remapping (?:support|for this platform)/,
    meaning: 'The platform does not remap interrupts: a guest could forge them, and VFIO refuses',
    check: 'Lines "DMAR-IR" or "AMD-Vi: Interrupt remapping", and intremap=off in proc/cmdline',
    remedy:
      'Switch on x2APIC and interrupt remapping in the firmware setup. vfio_iommu_type1.allow_unsafe_interrupts=1 works without, and gives up this protection',
    explainedBy: ['ioapic-not-in-ivrs'],
    source: 'Linux drivers/vfio/vfio_iommu_type1.c, vfio_iommu_type1_attach_group()',
    examples: [
      'vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param "allow_unsafe_interrupts" to enable VFIO IOMMU support on this platform',
    ],
  },
];
