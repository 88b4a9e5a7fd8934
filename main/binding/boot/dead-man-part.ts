import { ok } from '../../../shared/result.ts';
import { findTool, isThere } from './boot-files.ts';
import { EMPTY_PART, type BootResult, type BootWish } from './boot-wish.ts';
import { installPart } from './helper-part.ts';

/**
 * The switch that undoes a boot change unless somebody confirms it: a unit of systemd, or a script
 * that OpenRC starts. Elsewhere there is none, and the part says so.
 */
export function deadManPart(wish: BootWish): BootResult {
  const minutes = wish.options.timerMinutes;
  if (minutes === undefined) return ok(EMPTY_PART);
  const isSystemd = isThere(wish.facts, 'run/systemd/system') === true;
  const isOpenrc = findTool(wish.facts, 'openrc') !== undefined;
  if (!isSystemd && !isOpenrc) {
    const note = 'Neither systemd nor OpenRC is there: nothing undoes the change by itself';
    return ok({ ...EMPTY_PART, notes: [note] });
  }
  const constants = isSystemd
    ? (['revert-service', 'revert-want'] as const)
    : (['revert-local'] as const);
  const part = installPart(wish, constants);
  if (!part.ok) return part;
  const timer = { kind: 'timer', when: 'boot', minutes } as const;
  return ok({ ...EMPTY_PART, ...part.value, steps: [timer, ...part.value.steps] });
}
