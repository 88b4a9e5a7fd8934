import type { LogPattern } from '../log-pattern.ts';

const DEAD = ['power-inaccessible', 'not-ready-gone', 'unknown-header-type', 'link-down'];
const HUNG =
  'Treat the device as hung: power the host off and on. If it comes back, try another reset_method, newer firmware, or pci=noats';
const REGION =
  'Look for an option of the vendor in the firmware setup, or use another slot. Neither binding nor an ACS override helps';

/** DMA that the IOMMU stopped, and an IOMMU that waits for a device. */
export const DMA_FAULTS: readonly LogPattern[] = [
  {
    id: 'dmar-fault',
    weight: 'cause',
    needle: 'Request device [',
    regex: /DMAR: \[DMA (?:Read|Write)[^\]]{0,30}\] Request device \[(?<device>[0-9a-f:.]{7,16})\]/,
    meaning:
      'A device did DMA to an address that is not mapped for it. The address is that of the requester: behind a PCI bridge it is the bridge, and some controllers use the number of a neighbour',
    check:
      'The reason at the end of the line: 02 no context for the requester, 05 not writable, 06 not readable',
    remedy:
      'For a requester that is no function: a DMA alias that the kernel does not know, report it. For a device of the host: its driver or firmware. At the start or end of a VM: the device was not stopped before it changed hands',
    source: 'Linux drivers/iommu/intel/dmar.c, dmar_fault_do_one()',
    examples: [
      'DMAR: [DMA Write NO_PASID] Request device [05:00.0] fault addr 0x69974000 [fault reason 0x05] PTE Write access is not set',
      'DMAR: [DMA Read] Request device [03:00.0] PASID ffffffff fault addr fffd3000 [fault reason 06] PTE Read access is not set',
    ],
  },
  {
    id: 'dmar-fault-status',
    weight: 'symptom',
    needle: 'handling fault status reg',
    regex: /DRHD: handling fault status reg [0-9a-f]+/,
    meaning: 'A VT-d unit reports faults; the lines after it say which',
    check: 'The lines "Request device" that follow',
    remedy: 'Nothing by itself',
    explainedBy: ['dmar-fault'],
    source: 'Linux drivers/iommu/intel/dmar.c, dmar_fault()',
    examples: ['DMAR: DRHD: handling fault status reg 3'],
  },
  {
    id: 'amd-page-fault',
    weight: 'cause',
    needle: 'IO_PAGE_FAULT',
    regex: /Event logged \[IO_PAGE_FAULT (?:device=(?<device>[0-9a-f:.]{7,16}) )?(?:domain|pasid)=/,
    meaning:
      'A device did DMA to an address that is not mapped for it. With domain=0x0000 it went on while nobody had it',
    check: 'Whether the lines come at the start or end of a VM, or all the time',
    remedy:
      'At the end of a VM: the device was not reset, see reset_method. All the time: driver or firmware of the device',
    source: 'Linux drivers/iommu/amd/iommu.c, amd_iommu_report_page_fault()',
    examples: [
      '[ 1065.485086] vfio-pci 0000:06:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0000 address=0x342230000 flags=0x0050]',
      'AMD-Vi: Event logged [IO_PAGE_FAULT device=23:01.2 domain=0x0000',
    ],
  },
  {
    id: 'amd-illegal-entry',
    weight: 'cause',
    needle: 'ILLEGAL_DEV_TABLE_ENTRY',
    regex: /ILLEGAL_DEV_TABLE_ENTRY device=(?<device>[0-9a-f:.]{7,16})/,
    meaning:
      'A device did DMA whose entry in the table of the IOMMU is not valid: mostly an address that firmware never listed',
    check: 'Whether lspci shows a function with this address',
    remedy: 'Update the firmware; for an address without a function look for a DMA alias',
    source: 'Linux drivers/iommu/amd/iommu.c, iommu_print_event()',
    examples: [
      'iommu ivhd3: AMD-Vi: Event logged [ILLEGAL_DEV_TABLE_ENTRY device=0000:43:00.0 pasid=0x00000 address=0x373000000 flags=0x0080]',
    ],
  },
  {
    id: 'amd-invalid-request',
    weight: 'cause',
    needle: 'INVALID_DEVICE_REQUEST',
    regex: /INVALID_DEVICE_REQUEST device=(?<device>[0-9a-f:.]{7,16})/,
    meaning:
      'A device asked the IOMMU for something that it may not ask for, such as a translated request without ATS',
    check: 'Firmware versions of the device and of the board',
    remedy: 'Update both; try pci=noats to see whether ATS is the reason',
    source: 'Linux drivers/iommu/amd/iommu.c, iommu_print_event()',
    examples: [
      'kernel: iommu ivhd1: AMD-Vi: Event logged [INVALID_DEVICE_REQUEST device=0000:00:00.0 pasid=0x00000 address=0xfffffffdf8000000 flags=0x0a00]',
    ],
  },
  {
    id: 'iotlb-timeout',
    weight: 'cause',
    needle: 'IOTLB_INV_TIMEOUT',
    regex: /IOTLB_INV_TIMEOUT device=(?<device>[0-9a-f:.]{7,16})/,
    meaning:
      'The device did not answer when the IOMMU told it to forget addresses (ATS): it hangs or has no power',
    check: 'Other lines of the same device: D3cold, not ready, reset',
    remedy: HUNG,
    explainedBy: DEAD,
    source: 'Linux drivers/iommu/amd/iommu.c, iommu_print_event()',
    examples: [
      'iommu ivhd0: AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=63:00.0 address=0x42b5b01a0]',
    ],
  },
  {
    id: 'completion-wait',
    weight: 'symptom',
    needle: 'Completion-Wait loop timed out',
    regex: /AMD-Vi: Completion-Wait loop timed out/,
    meaning:
      'The IOMMU waits for a command that does not end: nearly always for a device that does not answer',
    check: 'A line IOTLB_INV_TIMEOUT near it names the device',
    remedy: HUNG,
    explainedBy: ['iotlb-timeout'],
    source: 'Linux drivers/iommu/amd/iommu.c, wait_on_sem()',
    examples: ['AMD-Vi: Completion-Wait loop timed out'],
  },
  {
    id: 'vtd-invalidation-timeout',
    weight: 'cause',
    needle: 'Invalidation Time-out Error',
    regex: /Invalidation Time-out Error \(ITE\)/,
    meaning:
      'A device did not answer when VT-d told it to forget addresses (ATS): it hangs or was taken away',
    check: 'Lines of a device just before: reset, link down, D3cold',
    remedy: HUNG,
    explainedBy: DEAD,
    source: 'Linux drivers/iommu/intel/dmar.c, qi_check_fault()',
    examples: ['[ 2403.441879] DMAR: Invalidation Time-out Error (ITE) cleared'],
  },
  {
    id: 'rmrr-ineligible',
    weight: 'cause',
    needle: 'platform RMRR requirement',
    regex:
      /(?<device>\S{7,16}): Device is ineligible for IOMMU domain attach due to platform RMRR requirement/,
    meaning:
      'Firmware reserves memory for this device (RMRR) that must stay mapped one to one, so it cannot be given away',
    check: 'Lines "RMRR base" of the boot',
    remedy: REGION,
    source: 'Linux drivers/iommu/intel/iommu.c, intel_iommu_attach_device(), before 6.6',
    examples: [
      'vfio-pci 0000:04:00.0: Device is ineligible for IOMMU domain attach due to platform RMRR requirement.  Contact your platform vendor.',
    ],
  },
  {
    id: 'direct-mapping-required',
    weight: 'cause',
    needle: '1:1 IOMMU mapping',
    regex: /(?<device>\S{7,16}): Firmware has requested this device have a 1:1 IOMMU mapping/,
    meaning:
      'Firmware reserves memory for this device (RMRR, IVMD or RMR) that must stay mapped one to one, so it cannot be given away',
    check: 'Lines "RMRR base" of the boot, or the file reserved_regions of its group',
    remedy: REGION,
    source: 'Linux drivers/iommu/iommu.c, __iommu_device_set_domain()',
    examples: [
      'vfio-pci 0000:03:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.',
    ],
  },
  {
    id: 'rmrr-not-reserved',
    weight: 'harmless',
    needle: 'can cover this RMRR',
    regex: /No firmware reserved region can cover this RMRR/,
    meaning:
      'Firmware names memory for a device without reserving it in the memory map; the kernel goes on',
    check: 'Nothing, unless the device is to be given away',
    remedy: 'Newer firmware may have it right',
    source: 'Linux drivers/iommu/intel/dmar.c and iommu.c, rmrr_sanity_check()',
    examples: [
      'DMAR: [Firmware Bug]: No firmware reserved region can cover this RMRR [0x00000000df243000-0x00000000df251fff], contact BIOS vendor for fixes',
    ],
  },
];
