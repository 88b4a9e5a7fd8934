/**
 * Kernel arguments that a plan can add, with what each does: those that `airlock plan --argument`
 * takes.
 *
 * @see Linux Documentation/admin-guide/kernel-parameters.txt; drivers/vfio/pci/vfio_pci.c for
 *   `disable_idle_d3`; drivers/firmware/sysfb.c, `sysfb_init()`
 */
export const KERNEL_ARGUMENTS: Readonly<Record<string, string>> = {
  'intel_iommu=on':
    'Switches Intel VT-d on, where the kernel was built to leave it off. AMD-Vi needs no such word.',
  'iommu=pt':
    'The host’s own devices reach memory without translation: faster for them, nothing for the VM.',
  'vfio-pci.disable_idle_d3=1':
    'VFIO keeps unused devices awake. For a card that does not come back from D3.',
  'video=efifb:off':
    'The console leaves the firmware’s picture alone. Before Linux 5.17; later kernels need the next word.',
  'initcall_blacklist=sysfb_init':
    'No firmware framebuffer at all: nothing holds memory of the boot GPU. The screen stays dark until a driver has it.',
};
