import { createHash } from 'node:crypto';
import { formatSteps } from '../../../main/binding/plan/format-steps.ts';
import type { Step } from '../../../main/binding/plan/step.ts';
import { HOOK_PLAN } from '../simulated-host/plan-texts.ts';
import { AUDIO_CARD, BIND_CARD, GPU_CARD } from '../simulated-host/graphics-card.ts';

const TIMER: Step = { kind: 'timer', when: 'run', minutes: 10 };
const CMDLINE = createHash('sha256').update('root=/dev/sda1 ro\n').digest('hex');

const LIST: readonly Step[] = [
  { kind: 'function', card: GPU_CARD, to: 'vfio-pci' },
  { kind: 'function', card: AUDIO_CARD, to: 'vfio-pci' },
  { kind: 'list', before: undefined },
];

/** Plans that are right on the host with the graphics card; what mutated plans come from. */
const PLANS: readonly (readonly Step[])[] = [
  BIND_CARD,
  HOOK_PLAN.steps,
  [TIMER, ...BIND_CARD],
  [
    ...LIST,
    { kind: 'install', name: 'initramfs-tools-hook', before: undefined },
    { kind: 'install', name: 'initramfs-tools-bind', before: undefined },
    {
      kind: 'arguments',
      place: 'grub',
      before: undefined,
      arguments: ['intel_iommu=on', 'iommu=pt'],
    },
    { kind: 'rebuild', stack: 'initramfs-tools' },
    { kind: 'rebuild', stack: 'grub' },
  ],
  [
    { kind: 'timer', when: 'boot', minutes: 10 },
    { kind: 'install', name: 'revert-service', before: undefined },
    { kind: 'install', name: 'revert-want', before: undefined },
    ...LIST,
    { kind: 'install', name: 'dracut-module', before: undefined },
    { kind: 'install', name: 'dracut-bind', before: undefined },
    { kind: 'install', name: 'dracut-conf', before: undefined },
    { kind: 'arguments', place: 'kernel-cmdline', before: CMDLINE, arguments: ['iommu=pt'] },
    { kind: 'rebuild', stack: 'dracut' },
  ],
];

export function seedPlans(bootId: string): readonly string[] {
  return PLANS.map((steps) => {
    const header = { planId: 'a1b2c3d4e5f60718', machine: undefined, kernelRelease: undefined };
    const text = formatSteps({ ...header, bootId, steps });
    if (!text.ok) throw new Error(text.error.message);
    return text.value;
  });
}
