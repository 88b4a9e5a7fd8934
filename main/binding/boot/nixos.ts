import { failure, ok } from '../../../shared/result.ts';
import { isThere } from './boot-files.ts';
import type { BootFunction } from './boot-plan.ts';
import {
  changeAll,
  EMPTY_PART,
  vfioIds,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';

const MODULE = 'etc/nixos/airlock.nix';

/**
 * NixOS: a module to be imported. By ids where they are unique, because that works with both kinds
 * of stage 1; otherwise by address in the scripted stage 1, and only where the ids are the card's.
 *
 * @see NixOS options: boot.kernelParams, boot.initrd.kernelModules, boot.initrd.preDeviceCommands
 */
export function nixosPart(wish: BootWish): BootResult {
  const ids = vfioIds(wish, 'NixOS');
  const text = ids.ok ? moduleById(wish, ids.value) : moduleByAddress(wish);
  const part = modulePart(wish, text);
  if (!part.ok || ids.ok) return part;
  const stage = 'Needs the scripted stage 1: boot.initrd.systemd.enable must be off';
  return ok({ ...part.value, notes: [...part.value.notes, stage] });
}

/**
 * The arguments alone; where functions are bound they are in the part that binds. The module is
 * written whole, so that one of an earlier plan would lose what it binds.
 */
export function nixosArguments(wish: BootWish, args: Arguments): BootResult {
  if (wish.functions.length > 0) return ok(EMPTY_PART);
  if (isThere(wish.facts, MODULE) === true) {
    const reason = `/${MODULE} is there already: add them to its boot.kernelParams`;
    return failure('unsupported', `Cannot plan kernel arguments alone: ${reason}`);
  }
  return modulePart(wish, moduleText(args, [], []));
}

function modulePart(wish: BootWish, text: string): BootResult {
  const changes = changeAll(wish.facts, [[MODULE, () => text]]);
  if (!changes.ok) return changes;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    instructions: [
      'Add ./airlock.nix to imports in /etc/nixos/configuration.nix',
      'nixos-rebuild boot',
    ],
    undoInstructions: [
      'Take ./airlock.nix out of imports in /etc/nixos/configuration.nix',
      'nixos-rebuild boot',
    ],
    notes: ['The generation before stays in the boot menu, without the change'],
  });
}

function moduleById({ options }: BootWish, ids: string): string {
  const words = [`vfio-pci.ids=${ids}`, ...options.arguments];
  return moduleText(words, ['vfio_pci', 'vfio', 'vfio_iommu_type1'], []);
}

function moduleByAddress({ functions, options }: BootWish): string {
  const drivers = [...new Set(functions.map(({ to }) => to.replaceAll('-', '_')))];
  return moduleText(
    options.arguments,
    [...drivers, 'vfio_iommu_type1'],
    ["  boot.initrd.preDeviceCommands = ''", ...functions.flatMap(bindLines), "  '';"],
  );
}

function bindLines({ card: { bdf, ids }, to }: BootFunction): readonly string[] {
  const [vendor = '', device = ''] = ids.split(':');
  const folder = `/sys/bus/pci/devices/${bdf}`;
  return [
    `    if [ "$(cat ${folder}/vendor)" = 0x${vendor} ] && [ "$(cat ${folder}/device)" = 0x${device} ]; then`,
    `      echo ${to} > ${folder}/driver_override`,
    `      echo ${bdf} > /sys/bus/pci/drivers_probe`,
    '    fi',
  ];
}

function moduleText(words: readonly string[], modules: readonly string[], rest: readonly string[]) {
  const quoted = (list: readonly string[]) => list.map((word) => `"${word}" `).join('');
  return [
    modules.length > 0 ? '# Airlock: gives functions to VFIO at boot.' : '# Airlock.',
    '{ ... }: {',
    ...(words.length > 0 ? [`  boot.kernelParams = [ ${quoted(words)}];`] : []),
    ...(modules.length > 0 ? [`  boot.initrd.kernelModules = [ ${quoted(modules)}];`] : []),
    ...rest,
    '}',
    '',
  ].join('\n');
}
