import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import type { HostCard } from '../host-card.ts';
import { isWindows } from '../place/guest-defaults.ts';
import { shellWord } from '../../../shared/shell-word.ts';
import { cannotSay } from './cannot-say.ts';

/**
 * OpenStack: what nova.conf of the host offers, and a flavor and image properties that ask for it.
 *
 * @see Nova administrator guide, "Attaching physical PCI devices to guests"; "Extra specs"
 */
export function writeNova(vm: PlacedVm, { scope, cards = [] }: TargetOptions): Generated {
  const offered = offeredDevices(vm, cards);
  const lines = new Set(offered.flatMap(configLines));
  const conf = ['[pci]', ...lines, ''].join('\n');
  return {
    files: [
      { name: 'nova.conf', text: conf, language: 'ini' },
      ...(scope === 'whole'
        ? [{ name: 'openstack.sh', text: script(vm, offered), language: 'shell' as const }]
        : []),
    ],
    notes: notes(vm),
    unsupported: [
      ...deviceNotes(vm, cards),
      ...cannotSay('Nova', vm, [
        'places',
        'cards',
        'romFile',
        'romHidden',
        'deviceBoot',
        'vfNetwork',
        'variantDriver',
        'dies',
        'eachPin',
        'ioThreads',
        'addressBits',
        'nodes',
        'hyperv',
        'disks',
        'networks',
        'screen',
        'balloon',
        'sharedMemory',
        'evdev',
        'window',
      ]),
    ],
  };
}

/** A device with the name by which flavors ask for it: devices with the same ids share one. */
interface OfferedDevice {
  readonly card: HostCard;
  readonly alias: string;
  readonly type: 'type-PCI' | 'type-PF' | 'type-VF';
  readonly isManaged: boolean;
}

/** Domains of more than 16 bits (VMD) are no addresses for Nova. */
function offeredDevices(
  { hostDevices }: PlacedVm,
  cards: readonly HostCard[],
): readonly OfferedDevice[] {
  return hostDevices.flatMap((device) => {
    if (device.kind === 'mdev') return [];
    const card = cards.find(({ bdf }) => bdf === device.bdf);
    if (card === undefined || isFarDomain(card.bdf)) return [];
    const type =
      device.kind === 'vf' ? 'type-VF' : card.isPhysicalFunction ? 'type-PF' : 'type-PCI';
    const isManaged = device.isManaged !== false;
    return [{ card, alias: card.ids.replace(':', '-'), type, isManaged }] as const;
  });
}

function isFarDomain(bdf: string): boolean {
  return bdf.indexOf(':') > 4;
}

function configLines({ card, alias, type, isManaged }: OfferedDevice): readonly string[] {
  const [vendor, product] = card.ids.split(':');
  const spec = { address: card.bdf, ...(!isManaged && { managed: 'no' }) };
  const name = { vendor_id: vendor, product_id: product, device_type: type, name: alias };
  return [`device_spec = ${JSON.stringify(spec)}`, `alias = ${JSON.stringify(name)}`];
}

function script(vm: PlacedVm, offered: readonly OfferedDevice[]): string {
  const { cpu, memory } = vm;
  return [
    '#!/bin/sh',
    'set -eu',
    "IMAGE=image # the guest's",
    `openstack flavor create --vcpus ${cpu.count} --ram ${memory.mib} --disk 0 ${shellWord(flavorName(vm))}`,
    ...flavorProperties(vm, offered).map(
      (property) =>
        `openstack flavor set --property ${shellWord(property)} ${shellWord(flavorName(vm))}`,
    ),
    ...imageProperties(vm).map(
      (property) => `openstack image set --property ${shellWord(property)} "$IMAGE"`,
    ),
    '',
  ].join('\n');
}

/** A name that no option looks like. */
function flavorName({ name }: PlacedVm): string {
  return `passthrough.${name}`;
}

function flavorProperties(vm: PlacedVm, offered: readonly OfferedDevice[]): readonly string[] {
  const { cpu, memory, viommu } = vm;
  const isPinned = cpu.pins.length > 0;
  const counts = Map.groupBy(offered, ({ alias }) => alias);
  const aliases = [...counts].map(([alias, devices]) => `${alias}:${devices.length}`);
  return [
    ...(aliases.length === 0 ? [] : [`pci_passthrough:alias=${aliases.join(',')}`]),
    ...(cpu.topology === undefined
      ? []
      : [
          `hw:cpu_sockets=${cpu.topology.sockets}`,
          `hw:cpu_cores=${cpu.topology.cores}`,
          `hw:cpu_threads=${cpu.topology.threads}`,
        ]),
    ...(isPinned ? ['hw:cpu_policy=dedicated'] : []),
    ...(isPinned && cpu.emulatorCpus.length > 0 ? ['hw:emulator_threads_policy=share'] : []),
    ...(memory.pageKib === undefined ? [] : [`hw:mem_page_size=${memory.pageKib}`]),
    ...(viommu === undefined ? [] : [`hw:viommu_model=${viommu}`]),
  ];
}

/** @see Nova doc/source/reference, "useful image properties" */
function imageProperties(vm: PlacedVm): readonly string[] {
  const { architecture, machine, firmware, tpm, guest, isHypervisorHidden } = vm;
  const model = tpm === 'tpm-crb' ? 'tpm-crb' : 'tpm-tis';
  return [
    `hw_architecture=${architecture}`,
    `hw_machine_type=${machine}`,
    `hw_firmware_type=${firmware.kind === 'bios' ? 'bios' : 'uefi'}`,
    `os_secure_boot=${firmware.isSecure === true ? 'required' : 'disabled'}`,
    ...(tpm === undefined ? [] : ['hw_tpm_version=2.0', `hw_tpm_model=${model}`]),
    ...(isHypervisorHidden ? ['img_hide_hypervisor_id=true'] : []),
    `os_type=${isWindows(guest) ? 'windows' : 'linux'}`,
  ];
}

function deviceNotes({ hostDevices }: PlacedVm, cards: readonly HostCard[]): readonly VmNote[] {
  return hostDevices.flatMap((device, index) => {
    const path = `hostDevices[${index}]`;
    if (device.kind === 'mdev') {
      return [{ path, text: 'Nova cannot be told a mediated device by its UUID, only a type.' }];
    }
    if (isFarDomain(device.bdf)) {
      return [{ path, text: `Nova does not know domains as large as that of ${device.bdf}.` }];
    }
    if (!cards.some(({ bdf }) => bdf === device.bdf)) {
      return [
        { path, text: `${device.bdf} is left out: Nova asks for its ids, which were not read.` },
      ];
    }
    return [];
  });
}

function notes(vm: PlacedVm): readonly VmNote[] {
  const isUnmanaged = vm.hostDevices.some(
    (device) => device.kind !== 'mdev' && device.isManaged === false,
  );
  return [
    {
      path: 'hostDevices',
      text: 'The section goes into nova.conf of the host; the lines alias also into that of each API node. The scheduler needs the filter PciPassthroughFilter. Another machine with the same flavor gets another device with the same ids.',
    },
    {
      path: 'cpu',
      text: 'Nova chooses the node of the device and processors there by itself. The processor of the guest is that of [libvirt] cpu_mode: host-passthrough.',
    },
    ...(isUnmanaged
      ? [
          {
            path: 'hostDevices',
            text: 'managed is known to Nova since 2025.1: an older one refuses the line.',
          },
        ]
      : []),
  ];
}
