import { ok } from '../../../shared/result.ts';
import { changeAll, EMPTY_PART, vfioIds, type BootResult, type BootWish } from './boot-wish.ts';

const CONFIG = 'etc/booster.yaml';
const OPTIONS = 'etc/modprobe.d/airlock.conf';
const MODULES = ['vfio_pci', 'vfio', 'vfio_iommu_type1'];
const FORCED = /^modules_force_load:[ \t]*(.*)$/m;

/**
 * booster: loads the modules first, with the ids as options that it reads when it builds.
 *
 * It runs no scripts, so nothing can bind by address.
 *
 * @see anatol/booster, `docs/manpage.md`, *modules_force_load*
 */
export function boosterPart(wish: BootWish): BootResult {
  const ids = vfioIds(wish, 'booster');
  if (!ids.ok) return ids;
  const changes = changeAll(wish.facts, [
    [CONFIG, forceModules],
    [OPTIONS, () => `# Airlock\noptions vfio-pci ids=${ids.value}\n`],
  ]);
  if (!changes.ok) return changes;
  const rebuild = '/usr/lib/booster/regenerate_images';
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    instructions: [rebuild],
    undoInstructions: [rebuild],
    notes: [
      'booster cannot bind by address: a card that moves to another slot stays with VFIO',
      'Another "options vfio-pci ids=" line would take the place of this one, or be lost',
    ],
  });
}

function forceModules(before = ''): string {
  const found = FORCED.exec(before);
  if (found === null) return `${endLine(before)}modules_force_load: ${MODULES.join(',')}\n`;
  const others = (found[1] ?? '').split(',').map((name) => name.trim());
  const all = [...MODULES, ...others.filter((name) => name !== '' && !MODULES.includes(name))];
  return before.replace(FORCED, () => `modules_force_load: ${all.join(',')}`);
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
