import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import type { HostCard } from '../host-card.ts';
import { writeDomain } from '../libvirt/write-domain.ts';
import { cannotSay } from './cannot-say.ts';

/**
 * Unraid: its own list of what VFIO gets at boot, and a domain as libvirt takes it.
 *
 * @see unraid/webgui, `sbin/vfio-pci`; dynamix.vm.manager include/libvirt.php, `config_to_xml()`
 */
export function writeUnraid(vm: PlacedVm, options: TargetOptions): Generated {
  const domain = writeDomain(vm, options);
  const [xml] = domain.files;
  const text = options.scope === 'whole' ? unraidXml(xml?.text ?? '', vm) : (xml?.text ?? '');
  return {
    files: [
      { name: 'vfio-pci.cfg', text: bindLine(vm, options.cards ?? []), language: 'text' },
      { name: xml?.name ?? 'vm.xml', text, language: 'xml' },
    ],
    notes: [...notes(vm), ...domain.notes],
    unsupported: [
      ...domain.unsupported,
      ...cannotSay('Unraid', vm, ['secureBoot', 'architecture']),
    ],
  };
}

/** Address and ids are both compared where both are there. */
function bindLine({ hostDevices }: PlacedVm, cards: readonly HostCard[]): string {
  const words = hostDevices.flatMap((device) => {
    if (device.kind === 'mdev') return [];
    const ids = cards.find(({ bdf }) => bdf === device.bdf)?.ids;
    return [ids === undefined ? device.bdf : `${device.bdf}|${ids}`];
  });
  return `BIND=${words.join(' ')}\n`;
}

const FIRMWARE = '/usr/share/qemu/ovmf-x64/OVMF_CODE-pure-efi';

/**
 * Unraid's firmware has no descriptors that libvirt could choose by, so it is named; the emulator is
 * its own wrapper; and the page of machines shows a domain with this template only.
 */
function unraidXml(xml: string, vm: PlacedVm): string {
  const variant = vm.tpm === undefined ? '' : '-tpm';
  const loader = `    <loader readonly='yes' type='pflash'>${FIRMWARE}${variant}.fd</loader>\n    <nvram template='${FIRMWARE.replace('_CODE', '_VARS')}${variant}.fd'/>`;
  const template = `  <metadata>\n    <vmtemplate xmlns='http://unraid' ${templateWords(vm)}/>\n  </metadata>`;
  return xml
    .replace(/^( {2}<name>.*<\/name>)$/m, (name) => `${name}\n${template}`)
    .replace(/^ {2}<os firmware='efi'>[^]*?<\/os>$/m, (os) => namedFirmware(os, loader))
    .replace(/^ {2}<devices>$/m, '  <devices>\n    <emulator>/usr/local/sbin/qemu</emulator>');
}

function namedFirmware(os: string, loader: string): string {
  return os
    .replace("<os firmware='efi'>", '<os>')
    .replace(/\n {4}<firmware>[^]*?<\/firmware>/, '')
    .replace(/\n {4}<loader [^\n]*/, '')
    .replace('\n  </os>', `\n${loader}\n  </os>`);
}

const TEMPLATES = {
  'windows-11': ['Windows 11', 'windows11.png', 'windowstpm'],
  'windows-10': ['Windows 10', 'windows.png', 'windows10'],
  linux: ['Linux', 'linux.png', 'linux'],
  other: ['Custom', 'default.png', 'other'],
} as const;

function templateWords({ guest }: PlacedVm): string {
  const [name, icon, os] = TEMPLATES[guest];
  return `name='${name}' icon='${icon}' os='${os}'`;
}

function notes({ disks }: PlacedVm): readonly VmNote[] {
  return [
    {
      path: 'hostDevices',
      text: 'vfio-pci.cfg goes to /boot/config: add the words to a BIND= line that is there. It counts from the next boot on; Tools, System Devices shows the same choice.',
    },
    ...(disks.some(({ path }) => !path.startsWith('/mnt/'))
      ? [{ path: 'disks', text: 'What is not below /mnt is gone with the next boot of Unraid.' }]
      : []),
  ];
}
