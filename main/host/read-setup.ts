import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { KernelSetup, SettingLine, VfioAlias } from '../../shared/kernel-setup.ts';
import { TEXT_BYTES } from './limits.ts';
import { lastComponent } from './link-target.ts';
import { readNames } from './read-entries.ts';
import { readLine, readText } from './read-text.ts';
import { isComplete, type Source } from './source.ts';

const SECURE_BOOT = 'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
const DRIVERS = 'sys/bus/pci/drivers';

/** Files in which people ask for modules, and folders with such files. */
const MODULE_FILES = [
  'etc/modules',
  'etc/initramfs-tools/modules',
  'etc/mkinitcpio.conf',
  'etc/dracut.conf',
  'etc/booster.yaml',
];
const MODULE_FOLDERS = [
  'etc/modules-load.d',
  'etc/mkinitcpio.conf.d',
  'etc/dracut.conf.d',
  'etc/modprobe.d',
];

/** Reads how the running kernel was built, started and locked. */
export function readSetup(source: Source, release: Fact<string>): KernelSetup {
  return {
    isSecureBoot: readSecureBoot(source),
    lockdown: readLockdown(source),
    builtinModules: readOfRelease(source, release, 'modules.builtin', parseBuiltin),
    driverModules: readDriverModules(source),
    vfioAliases: readOfRelease(source, release, 'modules.alias', parseVfioAliases),
    vfioLines: readVfioLines(source),
  };
}

/** Four bytes of attributes, then 0 or 1; on a host without EFI there is no such file. */
function readSecureBoot(source: Source): Fact<boolean> {
  const content = source.read(SECURE_BOOT);
  if (content.ok)
    return content.value.length < 5 ? unreadable('MALFORMED') : content.value[4] === 1;
  if (content.error.code !== 'absent') return unreadable(content.error.errno);
  return isComplete(source) ? undefined : unreadable('NOT_RECORDED');
}

/** `none [integrity] confidentiality`. @see Linux security/lockdown/lockdown.c */
function readLockdown(source: Source): Fact<string> {
  const line = readLine(source, 'sys/kernel/security/lockdown');
  return typeof line === 'string' ? /\[(\w+)\]/.exec(line)?.[1] : line;
}

/** Reads a list that lies beside the kernel's modules. */
function readOfRelease<T>(
  source: Source,
  release: Fact<string>,
  file: string,
  parse: (text: string) => T,
): Fact<T> {
  const name = known(release);
  if (name === undefined || name.includes('/')) return unreadable('NOT_RECORDED');
  for (const folder of ['lib/modules', 'usr/lib/modules']) {
    const text = readText(source, `${folder}/${name}/${file}`, 4 * TEXT_BYTES);
    if (typeof text === 'string') return parse(text);
    if (isUnreadable(text) && text.errno !== 'NOT_RECORDED') return text;
  }
  return unreadable('NOT_RECORDED');
}

/** Lines of `kernel/drivers/nvme/host/nvme.ko`. */
export function parseBuiltin(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      lastComponent(line)
        .replace(/\.ko.*$/, '')
        .replaceAll('-', '_'),
    );
}

/** Lines of `alias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci`. @see modules.alias(5) */
export function parseVfioAliases(text: string): readonly VfioAlias[] {
  const lines = text.matchAll(/^alias vfio_pci:(\S{1,80}) (\w{1,63})$/gm);
  return [...lines].map(([, pattern = '', module = '']) => ({ pattern, module }));
}

/** Without a single link a copy has left them out. */
function readDriverModules(source: Source): Fact<Readonly<Record<string, string>>> {
  const names = readNames(source, DRIVERS);
  if (names === undefined || isUnreadable(names)) return names;
  const pairs = names.flatMap((name) => {
    const link = source.readLink(`${DRIVERS}/${name}/module`);
    return link.ok ? [[name, lastComponent(link.value)] as const] : [];
  });
  return pairs.length > 0 || isComplete(source)
    ? Object.fromEntries(pairs)
    : unreadable('NOT_RECORDED');
}

function readVfioLines(source: Source): readonly SettingLine[] {
  const inFolders = MODULE_FOLDERS.flatMap((folder) =>
    (known(readNames(source, folder)) ?? []).map((name) => `${folder}/${name}`),
  );
  return [...MODULE_FILES, ...inFolders].flatMap((path) =>
    (known(readText(source, path)) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /vfio/.test(line) && !line.startsWith('#'))
      .map((line) => ({ path, line })),
  );
}
