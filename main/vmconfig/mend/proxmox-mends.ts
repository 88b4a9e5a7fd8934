import type { SettingText } from '../../../shared/vm-text.ts';
import type { Mend } from './mend-text.ts';
import {
  firstOf,
  hostPcis,
  isCard,
  removeSetting,
  writeHostPci,
  writeSetting,
  type HostPci,
  type ReadSettings,
} from './proxmox-parts.ts';
import type { TextEdit } from './text-edit.ts';

type SettingMend = (settings: readonly SettingText[]) => readonly TextEdit[];

const MENDS: readonly (readonly [code: string, mend: SettingMend])[] = [
  ['device-twice', removeRepeated],
  ['card-scattered', joinCards],
  ['balloon-with-vfio', switchBalloonOff],
  ['machine-without-pcie', chooseMachine],
];

/** Changes of a Proxmox machine that need no choice. */
export function proxmoxMends(read: ReadSettings): readonly Mend[] {
  return MENDS.map(([code, mend]) => [code, (text) => mend(read(text))]);
}

/** A function that was named before goes, and one that is a part of a card that is named whole. */
function removeRepeated(settings: readonly SettingText[]): readonly TextEdit[] {
  const devices = hostPcis(settings);
  const words = devices.flatMap((device) => device.words);
  const cards = new Set(words.filter(isCard).map(cardOf));
  const seen = new Set<string>();
  return devices.flatMap((device) => {
    const kept = device.words.filter((word) => {
      const name = isCard(word) ? cardOf(word) : (firstOf(word) ?? '');
      const isRepeated = seen.has(name) || (!isCard(word) && cards.has(cardOf(word)));
      seen.add(name);
      return !isRepeated;
    });
    if (kept.length === device.words.length) return [];
    return [kept.length === 0 ? removeSetting(device.setting) : writeHostPci(device, kept)];
  });
}

/**
 * One `hostpciN` for a card. Proxmox takes ROM and boot order from the first function alone, so that
 * cards whose further functions have such options of their own, or a place in the boot order, stay.
 *
 * @see Proxmox qemu-server, PVE/QemuServer/PCI.pm, `print_hostpci_devices()`
 */
function joinCards(settings: readonly SettingText[]): readonly TextEdit[] {
  const boot = settings.findLast(({ key }) => key === 'boot')?.value ?? '';
  const cards = Map.groupBy(
    hostPcis(settings).filter(({ words }) => new Set(words.map(cardOf)).size === 1),
    ({ words }) => cardOf(words[0] ?? ''),
  );
  return [...cards.values()].flatMap((parts) => {
    const [first, ...others] = parts.toSorted((a, b) => (lowest(a) < lowest(b) ? -1 : 1));
    if (first === undefined || others.length === 0) return [];
    const isPlain = others.every(
      ({ options, setting }) =>
        options.every((one) => first.options.includes(one)) &&
        !boot.split(/[=;]/).includes(setting.key),
    );
    if (!isPlain) return [];
    const words = parts
      .flatMap((one) => one.words)
      .toSorted((a, b) => a.slice(-1).localeCompare(b.slice(-1)));
    return [writeHostPci(first, words), ...others.map(({ setting }) => removeSetting(setting))];
  });
}

function cardOf(word: string): string {
  return firstOf(word)?.slice(0, -2) ?? '';
}

function lowest({ words }: HostPci): string {
  return words.map((word) => firstOf(word) ?? '').toSorted()[0] ?? '';
}

function switchBalloonOff(settings: readonly SettingText[]): readonly TextEdit[] {
  return writeSetting(settings, 'balloon', '0');
}

/**
 * Only where a device asks for PCI Express: Proxmox does not start such a machine, so that no guest
 * can miss the old one.
 *
 * @see Proxmox qemu-server, PVE/QemuServer/PCI.pm: "q35 machine model is not enabled"
 */
function chooseMachine(settings: readonly SettingText[]): readonly TextEdit[] {
  const isAsked = settings.some(
    ({ key, value }) => /^hostpci\d+$/.test(key) && /,pcie=(1|on|yes|true)\b/.test(value),
  );
  if (!isAsked) return [];
  const [, ...options] = (settings.findLast(({ key }) => key === 'machine')?.value ?? '').split(
    ',',
  );
  return writeSetting(settings, 'machine', ['q35', ...options].join(','));
}
