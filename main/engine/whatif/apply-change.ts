import { ok } from '../../../shared/result.ts';
import { detectIommu } from '../iommu-state.ts';
import type { Change } from './change.ts';
import { changeKernel } from './change-kernel.ts';
import { createVfs } from './create-vfs.ts';
import { insertSwitch } from './insert-switch.ts';
import { moveCard } from './move-card.ts';
import { setAcs } from './set-acs.ts';
import { suppose, type Step, type StepResult, type World } from './world.ts';

/** Said with every answer that supposes the override, wherever it is shown. */
export const OVERRIDE_WARNING =
  'pcie_acs_override adds no isolation, it hides the missing one: the groups look smaller, but nothing keeps these functions from reaching each other, and a VM could reach the other devices. It is not a fix';

/** Applies one change to a world. */
export function applyChange(world: World, change: Change): StepResult {
  switch (change.kind) {
    case 'acs-override':
      return ok(applyOverride(world, change));
    case 'acs':
      return setAcs(world, change);
    case 'kernel':
      return ok(changeKernel(world, change.version));
    case 'iommu':
      return ok(switchOn(world));
    case 'vfs':
      return createVfs(world, change);
    case 'move':
      return moveCard(world, change);
    case 'behind-switch':
      return insertSwitch(world, change);
  }
}

/** GR-14. A later override takes the place of an earlier one, as on the kernel's command line. */
function applyOverride(world: World, change: Extract<Change, { kind: 'acs-override' }>): Step {
  const { override, word } = change;
  const text = `A kernel patched for pcie_acs_override, started with pcie_acs_override=${word.slice('acs-override='.length)}`;
  const options = { ...world.options, override };
  return {
    world: suppose({ ...world, options }, { text: `${text}, is supposed`, about: undefined }),
    text,
  };
}

/** GR-16, GR-30. With the IOMMU off every prediction is already one as if it were on. */
function switchOn(world: World): Step {
  const { state } = detectIommu(world.host);
  switch (state) {
    case 'active':
      return { world, text: 'The IOMMU is on: it is so already' };
    case 'off':
      return supposeOn(world, 'that it covers every function');
    case 'absent':
      return supposeOn(world, 'that the host has one, though the source shows no sign of it');
    case 'unseen':
      return supposeOn(world, 'that the host has one, of which the source tells nothing');
  }
}

function supposeOn(world: World, what: string): Step {
  const text = `An IOMMU that is on is supposed: ${what}`;
  return { world: suppose(world, { text, about: undefined }), text: 'The IOMMU is on' };
}
