import { isUnreadable, known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { ProviderKind } from '../../shared/isolation.ts';
import type { IommuState } from './iommu-state.ts';

/** The one thing to do about an IOMMU that is not on. */
export interface IommuRemedy {
  readonly title: string;
  /** Sentences, the last one without a full stop. */
  readonly text: string;
  /** The kernel argument that is missing, where one is. */
  readonly argument?: 'intel_iommu=on';
  readonly command?: string;
}

/**
 * Finds what switches the IOMMU of a host on. Only Intel's needs an argument, in kernels without
 * CONFIG_INTEL_IOMMU_DEFAULT_ON; AMD's and Arm's are on where the firmware describes them.
 *
 * @returns `undefined` where it is on.
 * @see Linux v6.18 drivers/iommu/intel/iommu.c, `intel_iommu_setup()`; drivers/iommu/amd/init.c,
 *   `parse_amd_iommu_options()`, which knows no `on`; arch/x86/kernel/pci-dma.c, `iommu_setup()`
 */
export function findIommuRemedy(host: Host, iommu: IommuState): IommuRemedy | undefined {
  switch (iommu.state) {
    case 'active':
      return undefined;
    case 'off':
      return kernelRemedy(host, iommu.provider);
    case 'absent':
      return firmwareRemedy(iommu.provider);
    case 'unseen':
      return {
        title: 'Take a full snapshot',
        text: 'This source holds neither the IOMMU class nor the ACPI tables. A snapshot by Airlock does',
        command: 'sudo airlock scan --out host.tar.gz',
      };
  }
}

/** An option that switches it off goes first; Intel often needs one that switches it on. */
function kernelRemedy({ commandLine }: Host, provider: ProviderKind): IommuRemedy {
  const words = (known(commandLine) ?? '').split(/\s+/);
  const off = words.find((word) => /^(intel_iommu|amd_iommu|iommu)=off/.test(word));
  if (off !== undefined) {
    return {
      title: `Take ${off} off the kernel command line`,
      text: 'This option switches the IOMMU off. Remove it from the boot loader and restart',
    };
  }
  const isAsked = words.some((word) => /^intel_iommu=(\S*,)?on(,|$)/.test(word));
  if (provider === 'intel-vtd' && !isAsked) return intelRemedy(isUnreadable(commandLine));
  if (provider === 'virtio-iommu') {
    return {
      title: 'Load the virtio-iommu driver',
      text: 'The virtual machine has a virtio IOMMU, but this kernel has no driver for it or has not loaded it',
      command: 'modprobe virtio-iommu',
    };
  }
  return {
    title: 'Look for the reason in the kernel log',
    text: `The firmware describes the IOMMU, but the kernel did not start it. ${noArgument(provider)}Its log says why`,
    command: 'journalctl -k -b | grep -iE "iommu|DMAR|AMD-Vi|SMMU"',
  };
}

function intelRemedy(isLineUnread: boolean): IommuRemedy {
  const evidence = isLineUnread
    ? 'proc/cmdline could not be read'
    : 'no intel_iommu=on in proc/cmdline';
  return {
    title: 'Add intel_iommu=on to the kernel command line',
    text: `Your firmware offers VT-d; this kernel waits to be told (${evidence}). Add the option in the boot loader and restart`,
    argument: 'intel_iommu=on',
  };
}

function firmwareRemedy(provider: ProviderKind): IommuRemedy {
  const setting =
    provider === 'intel-vtd'
      ? 'VT-d ("Intel Virtualization Technology for Directed I/O")'
      : provider === 'amd-vi'
        ? 'IOMMU (often below "AMD CBS", "NBIO"), not only SVM'
        : 'the IOMMU';
  return {
    title: 'Switch it on in the firmware setup',
    text: `Restart into the firmware setup and switch on ${setting}. ${noArgument(provider)}In a virtual machine, the hypervisor has to give one`,
  };
}

/** What people copy from guides and that does nothing. */
function noArgument(provider: ProviderKind): string {
  if (provider === 'amd-vi') {
    return 'No kernel argument is needed: amd_iommu=on is no value that the kernel knows. ';
  }
  return provider.startsWith('smmu') ? 'No kernel argument is needed. ' : '';
}
