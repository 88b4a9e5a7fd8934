import type { LogPattern } from '../log-pattern.ts';

/** What vfio-pci and the drivers beside it say. */
export const VFIO_KERNEL: readonly LogPattern[] = [
  {
    id: 'bar-not-reserved',
    weight: 'cause',
    needle: "can't reserve",
    regex: /(?<device>\S{7,16}): BAR \d+(?: \[[^\]]{1,80}\])?: can't reserve \[(?:mem|io)/,
    meaning:
      'Something else on the host holds this memory of the device: on a graphics card that showed the boot screen it is the framebuffer of the firmware',
    check: 'proc/iomem below the range: BOOTFB, efifb, simpledrm, vesafb or a driver',
    remedy:
      'Make another graphics card the first one in the firmware setup; or initcall_blacklist=sysfb_init on the kernel command line',
    source: 'Linux drivers/pci/pci.c, __pci_request_region()',
    examples: [
      "vfio-pci 0000:4e:00.0: BAR 3: can't reserve [mem 0x60000000-0x61ffffff 64bit pref]",
    ],
  },
  {
    id: 'bar-no-space',
    weight: 'cause',
    needle: 'BAR ',
    regex:
      /(?<device>\S{7,16}): BAR \d+(?: \[[^\]]{1,80}\])?: (?:no space for|failed to assign|can't assign; no space)/,
    meaning:
      'There is no room for this memory of the device. For "io" it mostly does not matter; for "mem" the device does not work',
    check: 'Whether the line speaks of io or of mem, and of which size',
    remedy: 'Switch on Above 4G decoding in the firmware setup; try pci=realloc',
    source: 'Linux drivers/pci/setup-res.c, pci_assign_resource()',
    examples: [
      'kernel: pci 0000:05:00.0: BAR 13: no space for [io  size 0x4000]',
      "[    0.137048] pci 000d:03:00.0: BAR 4 [io  size 0x0100]: can't assign; no space",
    ],
  },
  {
    id: 'bars-restored',
    weight: 'symptom',
    needle: 'restoring BARs',
    regex: /(?<device>\S{7,16}): vfio_bar_restore: reset recovery - restoring BARs/,
    meaning:
      'The device lost its addresses, since it was reset behind the back of VFIO or does not answer; they are written again',
    check: 'Whether it repeats: then the device does not answer',
    remedy: 'If it repeats, treat the reset as failed: another reset_method, power off and on',
    explainedBy: ['power-inaccessible', 'not-ready-gone'],
    source: 'Linux drivers/vfio/pci/vfio_pci_config.c, vfio_bar_restore()',
    examples: ['vfio-pci 0000:84:00.0: vfio_bar_restore: reset recovery - restoring BARs'],
  },
  {
    id: 'capability-hidden',
    weight: 'harmless',
    needle: 'hiding ',
    regex: /(?<device>\S{7,16}): (?:vfio_e?cap_init: )?hiding e?cap 0x[0-9a-f]+@0x[0-9a-f]+/,
    meaning: 'A capability that VFIO does not know stays hidden from the guest',
    check: 'Nothing',
    remedy: 'Nothing',
    source: 'Linux drivers/vfio/pci/vfio_pci_config.c, vfio_ecap_init()',
    examples: ['vfio-pci 0000:01:00.0: vfio_ecap_init: hiding ecap 0x19@0x900'],
  },
  {
    id: 'rom-header',
    weight: 'cause',
    needle: 'Invalid PCI ROM header signature',
    regex:
      /(?<device>\S{7,16}): Invalid PCI ROM header signature: expecting 0xaa55, got 0x[0-9a-f]+/,
    meaning:
      'The expansion ROM cannot be read. 0xffff: the card showed the boot screen, has no ROM, sleeps or does not answer. Another value: an integrated one without a real ROM',
    check: 'Lines about power of the same device; whether it is the boot display',
    remedy:
      'Give the VM the ROM as a file (romfile), or none (rombar=0); a guest driver that needs no ROM works without',
    explainedBy: ['power-inaccessible', 'not-ready-gone', 'unknown-header-type'],
    source: 'Linux drivers/pci/rom.c, pci_get_rom_size()',
    examples: [
      'vfio-pci 0000:01:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
    ],
  },
  {
    id: 'rom-data',
    weight: 'symptom',
    needle: 'Invalid PCI ROM data signature',
    regex:
      /(?<device>\S{7,16}): Invalid PCI ROM data signature: expecting 0x52494350, got 0x[0-9a-f]+/,
    meaning: 'The expansion ROM begins as one should and is none further on',
    check: 'Whether the guest shows a picture: then it does not matter',
    remedy: 'Give the VM a ROM from the vendor as a file (romfile)',
    source: 'Linux drivers/pci/rom.c, pci_get_rom_size()',
    examples: [
      'i915 0000:00:02.0: Invalid PCI ROM data signature: expecting 0x52494350, got 0xe937aa55',
    ],
  },
  {
    id: 'rom-end',
    weight: 'harmless',
    needle: 'No more image in the PCI ROM',
    regex: /(?<device>\S{7,16}): No more image in the PCI ROM/,
    meaning: 'The expansion ROM was read to its end',
    check: 'Nothing',
    remedy: 'Nothing',
    source: 'Linux drivers/pci/rom.c, pci_get_rom_size()',
    examples: ['amdgpu 0000:0a:00.0: No more image in the PCI ROM'],
  },
  {
    id: 'device-request',
    weight: 'cause',
    needle: 'Relaying device request to user',
    regex: /(?<device>\S{7,16}): Relaying device request to user \(#\d+\)/,
    meaning:
      'Somebody takes the device away from vfio-pci while a VM has it; the kernel asks the VM to let go, and waits',
    check: 'Which VM holds dev/vfio/GROUP',
    remedy: 'Shut that VM down, or take the device out of it first',
    source: 'Linux drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_request()',
    examples: ['[99760.571352] vfio-pci 0000:75:00.1: Relaying device request to user (#0)'],
  },
  {
    id: 'device-in-use',
    weight: 'symptom',
    needle: 'blocked until device is released',
    regex:
      /(?<device>\S{7,16}): Device is currently in use, task "[^"]{0,40}" \(\d+\) blocked until device is released/,
    meaning: 'A command waits for a VM to let go of the device',
    check: 'Which VM holds dev/vfio/GROUP',
    remedy: 'Shut that VM down; the command goes on by itself',
    explainedBy: ['device-request'],
    source: 'Linux drivers/vfio/vfio_main.c, vfio_unregister_group_dev()',
    examples: [
      'vfio-pci 0000:01:00.0: Device is currently in use, task "libvirtd" (1234) blocked until device is released',
    ],
  },
  {
    id: 'memlock-exceeded',
    weight: 'cause',
    needle: 'RLIMIT_MEMLOCK',
    regex: /vfio_pin_\w{1,30}: RLIMIT_MEMLOCK \(\d+\) exceeded/,
    meaning: 'The VM may not lock as much memory as it has: VFIO locks all of it',
    check: 'The limit in the line against the memory of the VM',
    remedy:
      'Raise the limit: hard_limit in libvirt, LimitMEMLOCK in a systemd unit, ulimit -l in a shell',
    source: 'Linux drivers/vfio/vfio_iommu_type1.c, vfio_pin_pages_remote()',
    examples: ['vfio_pin_pages_remote: RLIMIT_MEMLOCK (67108864) exceeded'],
  },
  {
    id: 'acs-override-active',
    weight: 'cause',
    needle: 'PCIe ACS overrides enabled',
    regex: /Warning: PCIe ACS overrides enabled/,
    meaning:
      'The kernel was patched and told to take devices for isolated that are not: groups look smaller than the hardware is',
    check: 'pcie_acs_override= in proc/cmdline',
    remedy: 'Take it away where isolation matters; the groups without it are the true ones',
    source: 'the patch "pci: Enable overrides for missing ACS capabilities" (out of tree)',
    examples: [
      'Warning: PCIe ACS overrides enabled; This may allow non-IOMMU protected peer-to-peer DMA',
    ],
  },
  {
    id: 'nvidia-in-use',
    weight: 'cause',
    needle: 'non-zero usage count',
    regex: /NVRM: Attempting to remove device (?<device>\S{7,16}) with non-zero usage count/,
    meaning:
      "A program still uses the card, and NVIDIA's driver does not let go of it: the unbinding hangs",
    check: 'Who has dev/nvidia* open: a desktop, nvidia-persistenced, a container',
    remedy: 'End those programs first. What hangs now hangs until a restart',
    source: "NVIDIA's driver, nv_pci_remove(); seen in reports",
    examples: ['NVRM: Attempting to remove device 0000:81:00.0 with non-zero usage count!'],
  },
];
