import type { LogPattern } from '../log-pattern.ts';

const AWAKE =
  'Power the host off and on. To prevent it: vfio-pci disable_idle_d3=1, and 0 in d3cold_allowed of the device and the port above it';

/** Devices that do not wake up, do not come back from a reset, or lose their link. */
export const POWER_AND_LINK: readonly LogPattern[] = [
  {
    id: 'power-inaccessible',
    weight: 'cause',
    needle: 'inaccessible',
    regex:
      /(?<device>\S{7,16}): (?:Unable to|can't) change power state from D\S+ to D\S+(?:, device| \(config space) inaccessible/,
    meaning:
      'The device does not answer on the bus: its power was cut and did not come back, its link is down, or a reset failed',
    check: 'An earlier line "not ready ... after" of the device: then the reset came first',
    remedy: AWAKE,
    explainedBy: ['not-ready-gone', 'link-down'],
    source: 'Linux drivers/pci/pci.c, pci_power_up()',
    examples: [
      '[  105.314037] xhci_hcd 0000:03:00.0: Unable to change power state from D3cold to D0, device inaccessible',
      "  intel_vsec 0000:8e:00.1: can't change power state from D3cold to D0 (config space inaccessible)",
    ],
  },
  {
    id: 'power-refused',
    weight: 'cause',
    needle: 'efused to change power state',
    regex:
      /(?<device>\S{7,16}): [Rr]efused to change power state(?: from D\S+ to D\S+|, currently in D\S+)/,
    meaning:
      'The device answers, but stays in its power state: seen with graphics cards after a reset that failed',
    check: 'reset_method of the device, and earlier lines about its reset',
    remedy:
      'vfio-pci disable_idle_d3=1; for AMD cards that cannot be reset the module vendor-reset',
    explainedBy: ['not-ready-gone'],
    source: 'Linux drivers/pci/pci.c, pci_set_low_power_state() and pci_set_full_power_state()',
    examples: [
      '[  667.985035] vfio-pci 0000:c2:00.0: Refused to change power state, currently in D3',
      'snd_hda_intel 0000:c4:00.1: Refused to change power state from D0 to D3hot',
    ],
  },
  {
    id: 'qemu-stuck-in-d3',
    weight: 'symptom',
    needle: 'stuck in D3',
    regex: /vfio: Unable to power on device, stuck in D3/,
    meaning:
      'QEMU asked for full power and the device still says D3; a device that does not answer says so, too',
    check: 'The kernel log for the same device: D3cold, not ready, header type 7f',
    remedy: AWAKE,
    explainedBy: ['power-inaccessible', 'not-ready-gone', 'power-refused', 'unknown-header-type'],
    source: 'QEMU hw/vfio/pci.c, vfio_pci_pre_reset()',
    examples: ['kvm: vfio: Unable to power on device, stuck in D3'],
  },
  {
    id: 'unknown-header-type',
    weight: 'cause',
    needle: 'nknown',
    regex: /(?:[Uu]nknown (?:PCI )?header type '?(?:7f|127)\b)/,
    meaning:
      'Every bit of the configuration space reads as one: the device does not answer. Often the second start of a VM with a card that cannot be reset',
    check: 'reset_method of the device, and earlier lines about power and reset',
    remedy: AWAKE,
    explainedBy: ['not-ready-gone', 'power-inaccessible', 'link-down'],
    source:
      'Linux drivers/pci/probe.c, pci_setup_device(); libvirt and lspci say the same of their own',
    examples: [
      "error: internal error: Unknown PCI header type '127' for device '0000:01:00.0'",
      '[  0.437097] pci 0000:01:00.0: unknown header type 7f, ignoring device',
      '\t!!! Unknown header type 7f',
    ],
  },
  {
    id: 'not-ready-gone',
    weight: 'cause',
    needle: 'giving up',
    regex: /(?<device>\S{7,16}): not ready \d+ms after [A-Za-z0-9 ]{2,30}; giving up/,
    meaning:
      'The device did not come back after a reset or from sleep: it is lost until its power goes off and on',
    check: 'reset_method of the device: which resets it offers',
    remedy:
      'Power the host off and on. Write another method into reset_method, or keep the device from being reset at the end of a VM',
    source: 'Linux drivers/pci/pci.c, pci_dev_wait()',
    examples: ['[  105.313963] xhci_hcd 0000:03:00.0: not ready 65535ms after resume; giving up'],
  },
  {
    id: 'not-ready-waiting',
    weight: 'symptom',
    needle: '; waiting',
    regex: /(?<device>\S{7,16}): not ready \d+ms after [A-Za-z0-9 ]{2,30}; waiting/,
    meaning:
      'The device needs long after a reset or from sleep. As long as no line says "giving up", it came back',
    check: 'Whether a line "giving up" follows',
    remedy: 'Nothing, if it came back',
    explainedBy: ['not-ready-gone'],
    source: 'Linux drivers/pci/pci.c, pci_dev_wait()',
    examples: ['[  105.426952] vfio-pci 0000:04:00.0: not ready 2047ms after FLR; waiting'],
  },
  {
    id: 'pending-transaction',
    weight: 'harmless',
    needle: 'waiting for pending transaction',
    regex:
      /(?<device>\S{7,16}): timed out waiting for pending transaction; performing (?:function level|AF function level) reset anyway/,
    meaning:
      'The device was reset while it still had requests under way; some network cards always do this',
    check: 'Whether other lines of the device follow',
    remedy: 'Nothing, if it works afterwards',
    source: 'Linux drivers/pci/pci.c, pcie_flr() and pci_af_flr()',
    examples: [
      'vfio-pci 0000:01:00.0: timed out waiting for pending transaction; performing function level reset anyway',
    ],
  },
  {
    id: 'link-not-active',
    weight: 'cause',
    needle: 'Data Link Layer Link Active not set',
    regex: /(?<device>\S{7,16}): Data Link Layer Link Active not set in \d+ msec/,
    meaning: 'The link below this port did not come up after a reset or from sleep',
    check: 'The device below the port, its seat in the slot, risers and cables',
    remedy: 'Power the host off and on; set the slot to a lower speed in the firmware setup',
    source: 'Linux drivers/pci/pci.c, pcie_wait_for_link_delay()',
    examples: [
      '[ 7909.915925] pcieport 0000:02:02.0: Data Link Layer Link Active not set in 100 msec',
    ],
  },
  {
    id: 'link-retraining',
    weight: 'cause',
    needle: 'retraining non-functional downstream link',
    regex: /(?<device>\S{7,16}): broken device, retraining non-functional downstream link/,
    meaning:
      'The link below this port does not come up at its speed, and the kernel tries the lowest one',
    check: 'Whether "retraining failed" follows, and which device is below the port',
    remedy:
      'Look at seat, riser and cable; set the slot to a lower speed in the firmware setup. After a reset of a VM device: it did not survive the reset',
    source: 'Linux drivers/pci/quirks.c, pcie_failed_link_retrain()',
    examples: [
      'pcieport 0000:00:1c.0: broken device, retraining non-functional downstream link at 2.5GT/s',
    ],
  },
  {
    id: 'link-down',
    weight: 'cause',
    needle: 'Link Down',
    regex: /(?:(?<device>[0-9a-f:.]{7,16}): )?pciehp: Slot\([^)]{1,20}\): Link Down/,
    meaning:
      'The link of a hot-plug slot went down: the kernel takes everything below away as if it were pulled out',
    check:
      'Whether it comes with a reset at the start or end of a VM: then the reset took the link down',
    remedy:
      'Switch hot plug of the slot off in the firmware setup, or use another slot or reset_method',
    source: 'Linux drivers/pci/hotplug/pciehp_ctrl.c, pciehp_handle_presence_or_link_change()',
    examples: ['[   71.773033] pcieport 0000:00:00.0: pciehp: Slot(0): Link Down'],
  },
  {
    id: 'dpc',
    weight: 'cause',
    needle: 'containment event',
    regex: /(?<device>\S{7,16}): DPC: containment event, status:0x[0-9a-f]+/,
    meaning: 'A port saw a severe error below it and cut off everything there (DPC)',
    check: 'The device below the port, and error lines (AER) just before',
    remedy: 'Look at seat, riser, cable and power of the card, then at its firmware',
    source: 'Linux drivers/pci/pcie/dpc.c, dpc_process_error()',
    examples: ['pcieport 0000:30:03.0: DPC: containment event, status:0x0005 source:0x3400'],
  },
  {
    id: 'aer-uncorrectable',
    weight: 'cause',
    needle: 'PCIe Bus Error: severity=Uncorrect',
    regex:
      /(?<device>\S{7,16}): (?:AER: )?PCIe Bus Error: severity=Uncorrect(?:able|ed) \((?:Non-Fatal|Fatal)\)/,
    meaning: 'The device or the link to it reported an error that lost data',
    check:
      'The type in the line: "Transaction Layer" points at device or driver, the others at the link',
    remedy:
      'For the link: seat, riser, cable, lower speed. For a device of a VM at its start: whether it was reset',
    source: 'Linux drivers/pci/pcie/aer.c, aer_print_error()',
    examples: [
      'vfio-pci 0000:03:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction Layer, (Requester ID)',
      'vfio-pci 0000:03:00.0: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Requester ID)',
    ],
  },
  {
    id: 'aer-correctable',
    weight: 'harmless',
    needle: 'PCIe Bus Error: severity=Correct',
    regex: /(?<device>\S{7,16}): (?:AER: )?PCIe Bus Error: severity=Correct(?:able|ed), type=/,
    meaning: 'The link repaired an error by itself; nothing was lost',
    check: 'How many there are: thousands a day mean a weak link',
    remedy: 'With many: seat, riser, or pcie_aspm=off',
    source: 'Linux drivers/pci/pcie/aer.c, aer_print_error()',
    examples: [
      '[    1.949950] pcieport 0000:00:1c.0: PCIe Bus Error: severity=Correctable, type=Physical Layer, (Receiver ID)',
    ],
  },
  {
    id: 'nvme-gone',
    weight: 'symptom',
    needle: 'controller is down; will reset',
    regex: /nvme nvme\d+: controller is down; will reset: CSTS=0xffffffff/,
    meaning:
      'A disk does not answer on the bus: its power, its link, or another owner took it away',
    check:
      'Lines about power and link just before, and whether it was given to a VM while the host used it',
    remedy: AWAKE,
    explainedBy: ['power-inaccessible', 'link-down', 'not-ready-gone', 'dpc'],
    source: 'Linux drivers/nvme/host/pci.c, nvme_warn_reset()',
    examples: ['nvme nvme0: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10'],
  },
  {
    id: 'hda-gone',
    weight: 'symptom',
    needle: 'CORBRP = 65535',
    regex: /snd_hda_intel (?<device>\S{7,16}): CORB reset timeout#\d, CORBRP = 65535/,
    meaning:
      'An audio function reads as all ones: it does not answer, mostly with the graphics card that it belongs to',
    check: 'Lines about power and reset of function 0 of the same card',
    remedy: AWAKE,
    explainedBy: ['power-inaccessible', 'power-refused', 'not-ready-gone'],
    source: 'Linux sound/hda, snd_hdac_bus_init_cmd_io()',
    examples: ['[155.432975] snd_hda_intel 0000:63:00.1: CORB reset timeout#2, CORBRP = 65535'],
  },
  {
    id: 'nvidia-off-the-bus',
    weight: 'symptom',
    needle: 'GPU has fallen off the bus',
    regex: /NVRM: .{0,120}GPU has fallen off the bus/,
    meaning: "NVIDIA's driver reads all ones from the card: it does not answer",
    check: 'Lines about power, link and errors (AER, DPC) just before',
    remedy:
      'Power, seat and riser of the card; it also comes when the card was given to a VM while the driver had it',
    explainedBy: ['power-inaccessible', 'link-down', 'dpc', 'aer-uncorrectable'],
    source: "NVIDIA's driver, Xid 79; seen in reports",
    examples: ['NVRM: Xid (PCI:0000:06:00): 79, pid=1234, GPU has fallen off the bus.'],
  },
];
