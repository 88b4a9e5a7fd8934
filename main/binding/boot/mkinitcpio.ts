import type { BootFacts } from '../../../shared/boot-facts.ts';
import { ok } from '../../../shared/result.ts';
import { findPaths, findText } from './boot-files.ts';
import { changeAll, EMPTY_PART, listText, type BootResult, type BootWish } from './boot-wish.ts';

const LIST = 'etc/airlock/bind.list';
const DROP_IN = 'etc/mkinitcpio.conf.d/airlock.conf';
const INSTALL = 'etc/initcpio/install/airlock';
const HOOK = 'etc/initcpio/hooks/airlock';
const SCRIPT = 'etc/airlock/airlock-bind';
const UNIT = 'etc/systemd/system/airlock-bind.service';

/**
 * mkinitcpio: a hook of our own, by files of our own. The helper does not write them.
 *
 * With BusyBox early hooks run before the hook `udev` asks for events and before `MODULES`; with
 * systemd a unit runs before udev is asked.
 *
 * @see mkinitcpio(8), *About Hooks*; archlinux/mkinitcpio, `init`
 */
export function mkinitcpioPart(wish: BootWish): BootResult {
  const { facts, functions, options } = wish;
  const drivers = [...new Set(functions.map(({ to }) => to))];
  const isSystemd = usesSystemd(facts);
  const script = options.constants['initramfs-tools-bind'];
  const init = isSystemd ? ([UNIT, () => BIND_UNIT] as const) : ([HOOK, () => EARLY_HOOK] as const);
  const changes = changeAll(facts, [
    [LIST, () => listText(functions)],
    [SCRIPT, () => script],
    [
      DROP_IN,
      () => '# Airlock: binds functions to VFIO before their own drivers.\nHOOKS+=(airlock)\n',
    ],
    [INSTALL, () => installHook(drivers, isSystemd)],
    init,
  ]);
  if (!changes.ok) return changes;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    instructions: ['mkinitcpio -P'],
    undoInstructions: ['mkinitcpio -P'],
    proof: 'linted',
    notes: [
      isSystemd ? 'The initramfs runs systemd' : 'The initramfs runs BusyBox',
      'A preset with its own configuration (ALL_config) does not read /etc/mkinitcpio.conf.d',
    ],
  });
}

/** Whether `systemd` is among the hooks; files of the drop-in folder come later and win. */
export function usesSystemd(facts: BootFacts): boolean {
  const dropIns = findPaths(facts, /^etc\/mkinitcpio\.conf\.d\/[^/]+\.conf$/);
  const texts = ['etc/mkinitcpio.conf', ...dropIns].map((path) => findText(facts, path) ?? '');
  return texts
    .reduce(
      (hooks, text) =>
        [...text.matchAll(/^\s*HOOKS(\+?)=\(([^)]*)\)/gm)].reduce(
          (before, [, add, words = '']) => [
            ...(add === '+' ? before : []),
            ...words.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, '')),
          ],
          hooks,
        ),
      [] as readonly string[],
    )
    .includes('systemd');
}

function installHook(drivers: readonly string[], isSystemd: boolean): string {
  const modules = ['vfio_iommu_type1', ...drivers.map((name) => name.replaceAll('-', '_'))];
  const runtime = isSystemd
    ? [
        '    add_binary modprobe',
        '    add_systemd_unit airlock-bind.service',
        '    add_symlink /usr/lib/systemd/system/sysinit.target.wants/airlock-bind.service ../airlock-bind.service',
      ]
    : ['    add_runscript'];
  return [
    '#!/usr/bin/env bash',
    '# Airlock: packs the list of functions, their drivers and the script that binds them.',
    'build() {',
    ...modules.map((name) => `    add_module ${name}`),
    `    add_file /${LIST}`,
    `    add_file /${SCRIPT} /${SCRIPT} 755`,
    ...runtime,
    '}',
    'help() {',
    "    echo 'Binds the functions in /etc/airlock/bind.list to VFIO before udev starts.'",
    '}',
    '',
  ].join('\n');
}

const EARLY_HOOK = `#!/usr/bin/ash
# Airlock: runs before udev asks for events.
run_earlyhook() {
    /bin/sh /${SCRIPT}
}
`;

const BIND_UNIT = `# Airlock: gives functions to VFIO before udev asks for events.
[Unit]
Description=Bind functions to VFIO
DefaultDependencies=no
ConditionPathExists=/etc/initrd-release
Before=systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service

[Service]
Type=oneshot
ExecStart=/bin/sh /${SCRIPT}
`;
