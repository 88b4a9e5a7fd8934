import type { PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmFile, VmNote } from '../../../../shared/vm-report.ts';
import type { Generated, TargetOptions } from '../../generator.ts';
import { shellWord } from '../../../../shared/shell-word.ts';
import { cannotSay } from '../cannot-say.ts';
import { hostPciOptions, romNotes } from './host-pci.ts';
import { bootOptions, machineOptions } from './machine-options.ts';
import type { ProxmoxOption } from './proxmox-option.ts';
import { mappingFile } from './mapping-file.ts';

/** Proxmox VE: lines of `qm`, and the cluster's names for the devices. */
export function writeProxmox(vm: PlacedVm, options: TargetOptions): Generated {
  const devices = hostPciOptions(vm);
  const mapping = mappingFile(vm, options.cards ?? []);
  const script =
    options.scope === 'whole'
      ? wholeScript(vm, [...machineOptions(vm), ...devices, ...bootOptions(vm)])
      : deviceScript(devices);
  const scriptFile: VmFile = { name: 'proxmox.sh', text: script, language: 'shell' };
  return {
    files: [scriptFile, ...(mapping === undefined ? [] : [mapping])],
    notes: [...romNotes(vm), ...otherNotes(vm, mapping)],
    unsupported: [
      ...cannotSay('Proxmox', vm, [
        'architecture',
        'places',
        'managed',
        'vfNetwork',
        'mdev',
        'variantDriver',
        'tpmModel',
        'dies',
        'threads',
        'eachPin',
        'emulatorCpus',
        'ioThreads',
        'hyperv',
        'networkNames',
      ]),
      ...commaNotes(vm),
    ],
  };
}

/** A name as the domain name system takes it, which Proxmox asks of machines. */
export function proxmoxName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return plain.slice(0, 63).replace(/-+$/, '') || 'vm';
}

const NUMBER_LINE = 'VM=100 # a number that is free';

function wholeScript({ name }: PlacedVm, options: readonly ProxmoxOption[]): string {
  return [
    '#!/bin/sh',
    '# Makes a machine of Proxmox VE: run as root, on the node that has the devices.',
    'set -eu',
    NUMBER_LINE,
    'STORAGE=local-lvm # for the state of firmware and TPM',
    `qm create "$VM" --name ${proxmoxName(name)}`,
    ...options.map(setLine),
    '',
  ].join('\n');
}

function deviceScript(options: readonly ProxmoxOption[]): string {
  return [
    '#!/bin/sh',
    '# Gives devices to a machine of Proxmox VE.',
    'set -eu',
    'VM=100 # the number of the machine',
    ...options.map(setLine),
    '',
  ].join('\n');
}

function setLine({ key, value, isOnStorage }: ProxmoxOption): string {
  const word = isOnStorage === true ? `"$STORAGE:${value}"` : shellWord(value);
  return `qm set "$VM" --${key} ${word}`;
}

function otherNotes({ name, display }: PlacedVm, mapping: VmFile | undefined): readonly VmNote[] {
  return [
    ...(proxmoxName(name) === name
      ? []
      : [
          {
            path: 'name',
            text: `Proxmox takes names of letters, digits and dashes only: ${proxmoxName(name)}.`,
          },
        ]),
    {
      path: 'hostDevices',
      text: 'When the machine starts, Proxmox gives the whole group of each device to VFIO.',
    },
    ...(mapping === undefined
      ? []
      : [
          {
            path: 'hostDevices',
            text: 'pci.cfg is for a cluster: put it into /etc/pve/mapping with the name of the node in place of NODE, and use mapping=NAME in place of the address. Where the id, the subsystem id or the group changes, the machine does not start.',
          },
        ]),
    ...(display === 'spice' || display === 'vnc'
      ? [
          {
            path: 'display',
            text: 'The card of the host is the second one of the guest: the first one is emulated.',
          },
        ]
      : []),
  ];
}

/** Values end at a comma and there is no escape. */
function commaNotes({ disks, hostDevices }: PlacedVm): readonly VmNote[] {
  const text = 'Proxmox cannot be told a path with a comma in it.';
  return [
    ...disks.flatMap(({ path }, index) =>
      path.includes(',') ? [{ path: `disks[${index}].path`, text }] : [],
    ),
    ...hostDevices.flatMap((device, index) =>
      device.kind === 'pci' && device.rom.kind === 'file' && device.rom.path.includes(',')
        ? [{ path: `hostDevices[${index}].rom`, text }]
        : [],
    ),
  ];
}
