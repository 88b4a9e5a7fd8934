import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { ProviderKind } from '../../shared/isolation.ts';
import type { IommuView } from '../../shared/view.ts';
import { unitNames, type IommuState } from '../engine/iommu-state.ts';
import { fullStop } from './full-stop.ts';

/** The state of the IOMMU in words, and the one thing to do about it. */
export function iommuView(host: Host, iommu: IommuState): IommuView {
  return {
    provider: iommu.provider,
    state: iommu.state,
    units: [...unitNames(host)],
    sentence: fullStop(sentenceOf(iommu)),
    evidence: iommu.evidence,
    advice: adviceFor(host, iommu).map((advice) => ({ ...advice, text: fullStop(advice.text) })),
  };
}

const NAMES: Readonly<Record<ProviderKind, string>> = {
  'intel-vtd': 'Intel VT-d',
  'amd-vi': 'AMD-Vi',
  'smmu-v2': 'Arm SMMUv2',
  'smmu-v3': 'Arm SMMUv3',
  'virtio-iommu': 'virtio-iommu',
  'power-powernv': 'POWER (bare metal)',
  'power-pseries': 'POWER (logical partition)',
  s390: 'IBM Z',
  generic: 'IOMMU',
  none: 'IOMMU',
};

/** What people call the kind of IOMMU. */
export function providerName(provider: ProviderKind): string {
  return NAMES[provider];
}

function sentenceOf({ state, provider }: IommuState): string {
  const name = providerName(provider);
  switch (state) {
    case 'active':
      return `${name} is on`;
    case 'off':
      return `${name} is there, but the kernel does not use it`;
    case 'absent':
      return 'No IOMMU: the firmware describes none';
    case 'unseen':
      return 'The source does not show whether an IOMMU is on';
  }
}

type Advice = IommuView['advice'][number];

function adviceFor(host: Host, iommu: IommuState): Advice[] {
  switch (iommu.state) {
    case 'active':
      return [];
    case 'off':
      return [kernelAdvice(host, iommu.provider)];
    case 'absent':
      return [firmwareAdvice(iommu.provider)];
    case 'unseen':
      return [
        {
          title: 'Take a full snapshot',
          text: 'This source holds neither the IOMMU class nor the ACPI tables. A snapshot by Airlock does',
          copy: { text: 'sudo airlock scan --out host.tar.gz', isCommand: true },
        },
      ];
  }
}

/** An option that switches it off goes first; Intel often needs one that switches it on. */
function kernelAdvice(host: Host, provider: ProviderKind): Advice {
  const words = (known(host.commandLine) ?? '').split(/\s+/);
  const off = words.find((word) => /^(intel_iommu|amd_iommu|iommu)=off/.test(word));
  if (off !== undefined) {
    return {
      title: `Take ${off} off the kernel command line`,
      text: 'This option switches the IOMMU off. Remove it from the boot loader and restart',
    };
  }
  if (provider === 'intel-vtd') {
    return {
      title: 'Add intel_iommu=on to the kernel command line',
      text: 'Your firmware offers VT-d; this kernel waits to be told. Add the option in the boot loader and restart',
      copy: { text: 'intel_iommu=on', isCommand: false },
    };
  }
  if (provider === 'virtio-iommu') {
    return {
      title: 'Load the virtio-iommu driver',
      text: 'The virtual machine has a virtio IOMMU, but this kernel has no driver for it or has not loaded it',
      copy: { text: 'modprobe virtio-iommu', isCommand: true },
    };
  }
  return {
    title: 'Look for the reason in the kernel log',
    text: 'The firmware describes the IOMMU, but the kernel did not start it. Its log says why',
    copy: { text: 'journalctl -k -b | grep -iE "iommu|AMD-Vi|SMMU"', isCommand: true },
  };
}

function firmwareAdvice(provider: ProviderKind): Advice {
  const setting =
    provider === 'intel-vtd'
      ? 'VT-d ("Intel Virtualization Technology for Directed I/O")'
      : provider === 'amd-vi'
        ? 'IOMMU (often below "AMD CBS", "NBIO"), not only SVM'
        : 'the IOMMU';
  return {
    title: 'Switch it on in the firmware setup',
    text: `Restart into the firmware setup and switch on ${setting}. In a virtual machine, the hypervisor has to give one`,
  };
}
