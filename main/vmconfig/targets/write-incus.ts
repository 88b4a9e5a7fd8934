import { formatCpuList } from '../../../shared/cpu-list.ts';
import type { PlacedDisk, PlacedNetwork, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import { shellWord } from '../../../shared/shell-word.ts';
import { cannotSay } from './cannot-say.ts';
import { nameDevices, type NamedDevice } from './name-devices.ts';

/**
 * Commands of Incus. Devices are plain `pci` ones: a `gpu` device would take along every function of
 * its slot, whether it was asked for or not.
 *
 * @see Incus documentation, "Instance options" and "Type: pci"
 */
export function writeIncus(vm: PlacedVm, { scope }: TargetOptions): Generated {
  const name = incusName(vm.name);
  const lines = [
    ...(scope === 'whole' ? [initLine(vm), ...emulatedLines(vm)] : []),
    ...nameDevices(vm.hostDevices).flatMap((named) => hostDeviceLine(named)),
  ];
  return {
    files: [
      {
        name: 'incus.sh',
        text: ['#!/bin/sh', 'set -eu', `VM=${name}`, ...lines, ''].join('\n'),
        language: 'shell',
      },
    ],
    notes: notes(vm, name),
    unsupported: cannotSay('Incus', vm, [
      'architecture',
      'machine',
      'guest',
      'places',
      'cards',
      'managed',
      'romFile',
      'deviceBoot',
      'vfNetwork',
      'mdev',
      'variantDriver',
      'tpmModel',
      'topology',
      'eachPin',
      'emulatorCpus',
      'ioThreads',
      'hostModel',
      'addressBits',
      'pageSize',
      'hyperv',
      'hidden',
      'rawOnly',
      'userNetwork',
      'anyScreen',
      'balloon',
      'sharedMemory',
      'evdev',
      'viommu',
      'window',
    ]),
  };
}

/** Letters, digits and dashes, as a host name. @see Incus internal/instance, `ValidName()` */
function incusName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^[-0-9]+|-+$/g, '');
  return plain.slice(0, 63).replace(/-+$/, '') || 'vm';
}

function initLine(vm: PlacedVm): string {
  const { cpu, memory, firmware } = vm;
  const pinned = cpu.pins.flatMap(({ cpus }) => cpus);
  // A single number would be a count of processors.
  const cpus = pinned.length === 1 ? `${pinned[0]}-${pinned[0]}` : formatCpuList(pinned);
  const settings = [
    `limits.cpu=${pinned.length === 0 ? cpu.count : cpus}`,
    `limits.memory=${memory.mib}MiB`,
    ...(memory.pageKib === undefined ? [] : ['limits.memory.hugepages=true']),
    ...(memory.nodes.length === 0 ? [] : [`limits.cpu.nodes=${formatCpuList(memory.nodes)}`]),
    `security.secureboot=${firmware.isSecure === true}`,
    ...(firmware.kind === 'bios' ? ['security.csm=true'] : []),
  ];
  return `incus init "$VM" --empty --vm ${settings.map((one) => `-c ${shellWord(one)}`).join(' ')}`;
}

function deviceLine(name: string, type: string, words: readonly string[]): string {
  return ['incus config device add "$VM"', name, type, ...words.map(shellWord)].join(' ');
}

function hostDeviceLine({ name, device }: NamedDevice): readonly string[] {
  if (device.kind === 'mdev') return [];
  const isHidden = device.kind === 'pci' && device.rom.kind === 'hidden';
  return [
    deviceLine(name, 'pci', [`address=${device.bdf}`, ...(isHidden ? ['firmware=false'] : [])]),
  ];
}

function emulatedLines({ disks, networks, tpm }: PlacedVm): readonly string[] {
  return [
    ...disks.map((disk, index) => diskLine(disk, index, disks.length)),
    ...networks.flatMap(networkLine),
    ...(tpm === undefined ? [] : [deviceLine('tpm', 'tpm', [])]),
  ];
}

/** The highest priority comes first. */
function diskLine({ path }: PlacedDisk, index: number, count: number): string {
  return deviceLine(`disk${index}`, 'disk', [`source=${path}`, `boot.priority=${count - index}`]);
}

function networkLine({ kind, name, mac }: PlacedNetwork, index: number): readonly string[] {
  if (kind === 'user') return [];
  const source = kind === 'bridge' ? ['nictype=bridged', `parent=${name ?? 'br0'}`] : NETWORK;
  return [
    deviceLine(`eth${index}`, 'nic', [...source, ...(mac === undefined ? [] : [`hwaddr=${mac}`])]),
  ];
}

/** The network that Incus makes when it is set up: libvirt's names mean nothing here. */
const NETWORK = ['network=incusbr0'];

function notes({ name, networks }: PlacedVm, plain: string): readonly VmNote[] {
  return [
    ...(plain === name
      ? []
      : [
          { path: 'name', text: `Incus takes names of letters, digits and dashes only: ${plain}.` },
        ]),
    ...networks.flatMap(({ kind }, index) =>
      kind === 'network'
        ? [
            {
              path: `networks[${index}]`,
              text: "A network of libvirt's is none of Incus: incusbr0 is written in its place.",
            },
          ]
        : [],
    ),
    {
      path: 'hostDevices',
      text: 'Incus moves each device to VFIO when the machine starts, and back when it stops. What else is in its group must be with VFIO or without driver by then.',
    },
  ];
}
