import type { Host } from '../../shared/host.ts';
import type { ProviderKind } from '../../shared/isolation.ts';
import type { IommuView } from '../../shared/view.ts';
import { findIommuRemedy, type IommuRemedy } from '../engine/iommu-remedy.ts';
import { unitNames, type IommuState } from '../engine/iommu-state.ts';
import { argumentCommand } from './binding-text.ts';
import { fullStop } from './full-stop.ts';

/** The state of the IOMMU in words, and the one thing to do about it. */
export function iommuView(host: Host, iommu: IommuState): IommuView {
  return {
    provider: iommu.provider,
    state: iommu.state,
    units: [...unitNames(host)],
    sentence: fullStop(sentenceOf(iommu)),
    evidence: iommu.evidence,
    advice: adviceFor(findIommuRemedy(host, iommu), host.source),
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

/** A record of a host cannot be changed: there is no plan to offer. */
function adviceFor(remedy: IommuRemedy | undefined, source: Host['source']): Advice[] {
  if (remedy === undefined) return [];
  const { title, text, command, argument } = remedy;
  if (argument === undefined) {
    const copy = command === undefined ? {} : { copy: { text: command, isCommand: true } };
    return [{ title, text: fullStop(text), ...copy }];
  }
  const first = { title, text: fullStop(text), copy: { text: argument, isCommand: false } };
  if (source.kind !== 'live' && source.kind !== 'ssh') return [first];
  const planning = argumentCommand(argument, source.kind === 'live' ? 'live' : source.name);
  return [
    first,
    {
      title: 'Or have Airlock add it',
      text: 'This plans the argument alone, with its way back. No function is bound by it.',
      copy: { text: planning, isCommand: true },
      planArgument: argument,
    },
  ];
}
