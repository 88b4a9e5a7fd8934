import { shellWord } from '../../../../shared/shell-word.ts';
import type { PlacedVm } from '../../../../shared/placed-vm.ts';
import type { Generated, TargetOptions } from '../../generator.ts';
import { cannotSay } from '../cannot-say.ts';
import { emulatedOptions, hostDeviceOptions } from './device-options.ts';
import { machineOptions } from './machine-options.ts';
import type { VirtInstallOption } from './option.ts';

/**
 * virt-install, which looks the devices up on the host that it runs on.
 *
 * @see virt-install(1); written for 4.0 and later, which have `--xml`
 */
export function writeVirtInstall(vm: PlacedVm, { scope }: TargetOptions): Generated {
  const devices = hostDeviceOptions(vm);
  const isWhole = scope === 'whole';
  const text = isWhole ? installScript(wholeOptions(vm, devices)) : deviceScript(devices);
  return {
    files: [{ name: isWhole ? 'virt-install.sh' : 'virt-xml.sh', text, language: 'shell' }],
    notes: isWhole
      ? [
          {
            path: '',
            text: 'virt-install starts the machine at once: with --print-xml after the name of the script it only shows the domain. It ends where the host lacks a device.',
          },
        ]
      : [],
    unsupported: [
      ...cannotSay('virt-install', vm, ['mdev', 'variantDriver', 'addressBits']),
      ...escapedTwice(vm),
    ],
  };
}

/** @see virt-manager 4.1 virtinst/xmlapi.py, `_node_set_property()`, which libxml2 escapes again */
function escapedTwice({ disks, networks, evdev, hostDevices, sharedMemory }: PlacedVm) {
  const texts = [
    ...disks.map(({ path }, index) => [`disks[${index}].path`, path] as const),
    ...networks.map(({ name }, index) => [`networks[${index}].name`, name ?? ''] as const),
    ...evdev.map(({ path }, index) => [`evdev[${index}].path`, path] as const),
    ...hostDevices.map((device, index) => {
      const rom = device.kind === 'pci' && device.rom.kind === 'file' ? device.rom.path : '';
      return [`hostDevices[${index}].rom`, rom] as const;
    }),
    // Its arguments are JSON.
    ['sharedMemory', sharedMemory?.backing === 'kvmfr' ? '"' : ''] as const,
  ];
  const text =
    'virt-install 4.1 escapes & < > and quotes twice, so that they arrive as other text.';
  return texts.flatMap(([path, value]) => (/[&<>'"]/.test(value) ? [{ path, text }] : []));
}

/** Further options follow the name of the script. */
function installScript(options: readonly VirtInstallOption[]): string {
  const lines = options.map((option) => `  ${words(option)} \\\n`);
  return `#!/bin/sh\nexec virt-install \\\n${lines.join('')}  "$@"\n`;
}

function deviceScript(options: readonly VirtInstallOption[]): string {
  const lines = options.map((option) => `virt-xml "$1" --add-device ${words(option)}\n`);
  return `#!/bin/sh\n# Adds devices to the domain that is named on the command line.\nset -eu\n${lines.join('')}`;
}

/** A value that looks like an option is told by the equals sign. @see Python argparse, "Arguments containing -" */
function words([name, value]: VirtInstallOption): string {
  if (value === undefined) return `--${name}`;
  return `--${name}${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`;
}

function wholeOptions(
  vm: PlacedVm,
  devices: readonly VirtInstallOption[],
): readonly VirtInstallOption[] {
  return [
    ['name', vm.name],
    ['osinfo', 'detect=off,require=off'],
    ['import'],
    ['noautoconsole'],
    ...machineOptions(vm),
    ...emulatedOptions(vm),
    ...devices,
  ];
}
