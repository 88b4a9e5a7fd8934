import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import { fileName } from '../file-name.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import { isKnownSince } from '../version.ts';
import { bridgeOf, emulatedPart } from './emulated-part.ts';
import { firmwarePart } from './firmware.ts';
import { hostDevicesPart, portsPart } from './host-devices-part.ts';
import { machinePart } from './machine-part.ts';
import { option, type QemuOption } from './options.ts';
import { writeScript } from './script.ts';
import { shellWord } from '../../../shared/shell-word.ts';

/**
 * Writes QEMU's command line, as a script and as a list of arguments; or only the arguments that
 * give the devices to a machine.
 *
 * @see QEMU manual, "Invocation"; written for 6.2 and later
 */
export function writeCommandLine(vm: PlacedVm, options: TargetOptions): Generated {
  const isIommufd = options.vfio === 'iommufd' && isKnownSince(options.qemuVersion, 9, 0);
  const name = fileName(vm.name);
  const argv =
    options.scope === 'whole' ? wholeArgv(vm, isIommufd) : deviceArgv(vm, isIommufd).flat();
  const json = { name: `${name}.argv.json`, text: `${JSON.stringify(argv, null, 2)}\n` };
  const script =
    options.scope === 'whole' ? writeScript(vm, argv) : `${argv.map(shellWord).join(' ')}\n`;
  return {
    files: [
      { name: `${name}.sh`, text: script, language: 'shell' },
      { ...json, language: 'json' },
    ],
    notes: [...firmwareNote(vm), ...networkNotes(vm)],
    unsupported: [...iommufdNote(options, isIommufd), ...virtualFunctionNotes(vm)],
  };
}

/** Ports before what is below them, USB before what hangs on it. */
function wholeArgv(vm: PlacedVm, isIommufd: boolean): readonly string[] {
  const parts: readonly QemuOption[] = [
    option('name', undefined, { guest: vm.name, 'debug-threads': true }),
    ...machinePart(vm),
    ...firmwarePart(vm),
    ...portsPart(vm),
    ...emulatedPart(vm),
    ...hostDevicesPart(vm, isIommufd),
    ...(vm.hasBalloon ? [option('device', 'virtio-balloon-pci', {})] : []),
    ...windowPart(vm),
    option('display', 'none', {}),
    option('qmp', `unix:${fileName(vm.name)}.qmp`, { server: true, wait: false }),
  ];
  return [`qemu-system-${vm.architecture}`, '-nodefaults', '-no-user-config', ...parts.flat()];
}

function deviceArgv(vm: PlacedVm, isIommufd: boolean): readonly QemuOption[] {
  const buses = new Set(vm.hostDevices.map(({ at }) => at?.bus));
  const ports = vm.ports.filter(({ index }) => buses.has(index));
  return [...portsPart({ ...vm, ports }), ...hostDevicesPart(vm, isIommufd), ...windowPart(vm)];
}

export function windowPart({ mmio64Mib }: PlacedVm): readonly QemuOption[] {
  return mmio64Mib === undefined
    ? []
    : [option('fw_cfg', undefined, { name: 'opt/ovmf/X-PciMmio64Mb', string: mmio64Mib })];
}

function firmwareNote({ firmware }: PlacedVm): readonly VmNote[] {
  return firmware.kind === 'bios'
    ? []
    : [
        {
          path: 'firmware',
          text: 'The paths of the firmware are those of Debian and Ubuntu: on another distribution they differ.',
        },
      ];
}

function networkNotes({ networks }: PlacedVm): readonly VmNote[] {
  return networks.flatMap(({ kind, name, mac }, index) => [
    ...(kind === 'network' && bridgeOf(kind, name) === undefined
      ? [
          {
            path: `networks[${index}]`,
            text: `QEMU does not know libvirt's network ${name ?? ''}: the guest gets user networking in its place.`,
          },
        ]
      : []),
    ...(mac === undefined
      ? [
          {
            path: `networks[${index}].mac`,
            text: 'QEMU gives every machine the same address: state one where several are on one network.',
          },
        ]
      : []),
  ]);
}

function iommufdNote({ vfio, qemuVersion }: TargetOptions, isIommufd: boolean): readonly VmNote[] {
  if (vfio !== 'iommufd' || isIommufd) return [];
  const why =
    qemuVersion === undefined ? 'the version here is not known' : `here is ${qemuVersion}`;
  return [
    {
      path: 'hostDevices',
      text: `QEMU has iommufd since 9.0, and ${why}: devices are opened through their group.`,
    },
  ];
}

function virtualFunctionNotes({ hostDevices }: PlacedVm): readonly VmNote[] {
  return hostDevices.flatMap((device, index) => {
    if (device.kind !== 'vf' || (device.mac === undefined && device.vlan === undefined)) return [];
    const words = [
      ...(device.mac === undefined ? [] : [`mac ${device.mac}`]),
      ...(device.vlan === undefined ? [] : [`vlan ${device.vlan}`]),
    ].join(' ');
    return [
      {
        path: `hostDevices[${index}]`,
        text: `QEMU does not set the address of a virtual function: run ip link set INTERFACE vf NUMBER ${words} before, with the interface of its physical function.`,
      },
    ];
  });
}
