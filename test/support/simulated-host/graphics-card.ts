import type { CardIdentity, Step } from '../../../main/binding/plan/step.ts';
import { parseBdf, type Bdf } from '../../../shared/bdf.ts';
import { SimulatedKernel } from './simulated-kernel.ts';

export const BRIDGE = '0000:00:01.0';
export const GPU = bdf('0000:01:00.0');
export const AUDIO = bdf('0000:01:00.1');

/** A host with a graphics card below a port: the card's two functions and the port are one group. */
export function graphicsCard(): SimulatedKernel {
  const kernel = new SimulatedKernel();
  kernel.add({ bdf: BRIDGE, group: 7, driver: 'pcieport', classCode: '060400' });
  kernel.add({ bdf: GPU, group: 7, driver: 'nvidia', natives: ['nouveau', 'nvidia'] });
  kernel.add({
    bdf: AUDIO,
    group: 7,
    driver: 'snd_hda_intel',
    classCode: '040300',
    ids: '10de:1aef',
  });
  kernel.slots.set('4', '0000:01:00');
  return kernel;
}

/** What the plans below say of the card. */
export const GPU_CARD: CardIdentity = {
  bdf: GPU,
  ids: '10de:2204',
  subsystem: '1043:87d7',
  classCode: '030000',
  slot: '4',
};
export const AUDIO_CARD: CardIdentity = {
  bdf: AUDIO,
  ids: '10de:1aef',
  subsystem: '1043:87d7',
  classCode: '040300',
  slot: undefined,
};

const GROUP: Step = { kind: 'group', bdf: GPU, members: [BRIDGE, GPU, AUDIO] };
const VIABLE: Step = { kind: 'viable', bdf: GPU };

/** Both functions of the graphics card to vfio-pci. */
export const BIND_CARD: readonly Step[] = [
  { kind: 'module', name: 'vfio-pci' },
  GROUP,
  {
    kind: 'driver',
    card: GPU_CARD,
    from: 'nvidia',
    override: undefined,
    to: 'vfio-pci',
  },
  {
    kind: 'driver',
    card: AUDIO_CARD,
    from: 'snd_hda_intel',
    override: undefined,
    to: 'vfio-pci',
  },
  VIABLE,
];

/** Where `BIND_CARD` leads. */
export const BOUND = {
  [BRIDGE]: 'pcieport (null)',
  [GPU]: 'vfio-pci vfio-pci',
  [AUDIO]: 'vfio-pci vfio-pci',
};

/** Where it starts. */
export const FREE = {
  [BRIDGE]: 'pcieport (null)',
  [GPU]: 'nvidia (null)',
  [AUDIO]: 'snd_hda_intel (null)',
};

function bdf(text: string): Bdf {
  const parsed = parseBdf(text);
  if (parsed === undefined) throw new Error(`No address: ${text}`);
  return parsed;
}
