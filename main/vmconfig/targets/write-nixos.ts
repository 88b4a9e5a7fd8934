import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import { fileName } from '../file-name.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import { writeDomain } from '../libvirt/write-domain.ts';

/**
 * A module for NixOS that defines the domain whenever the system starts, beside the domain itself.
 *
 * @see NixOS options: virtualisation.libvirtd, systemd.services, systemd.tmpfiles.rules
 */
export function writeNixos(vm: PlacedVm, options: TargetOptions): Generated {
  const domain = writeDomain(vm, { ...options, scope: 'whole' });
  const [xml] = domain.files;
  const xmlName = xml?.name ?? 'vm.xml';
  return {
    ...domain,
    files: [
      { name: `${fileName(vm.name)}.nix`, text: moduleText(vm, xmlName), language: 'nix' },
      ...domain.files,
    ],
    notes: [...notes(vm), ...domain.notes],
  };
}

function moduleText(vm: PlacedVm, xmlName: string): string {
  const parameters = hugepageParameters(vm);
  const isKvmfr = vm.sharedMemory?.backing === 'kvmfr';
  return [
    '{ config, pkgs, ... }: {',
    '  boot.kernelModules = [ "vfio-pci" ];',
    ...(isKvmfr ? kvmfrLines(vm.sharedMemory.sizeMib) : []),
    ...(parameters.length > 0
      ? [`  boot.kernelParams = [ ${parameters.map(nixString).join(' ')} ];`]
      : []),
    '  virtualisation.libvirtd = {',
    '    enable = true;',
    '    qemu.runAsRoot = true;',
    ...(vm.tpm === undefined ? [] : ['    qemu.swtpm.enable = true;']),
    '  };',
    `  systemd.services.${nixString(`define-${fileName(vm.name)}`)} = {`,
    '    description = "Define a virtual machine";',
    '    wantedBy = [ "multi-user.target" ];',
    '    requires = [ "libvirtd.service" ];',
    '    after = [ "libvirtd.service" ];',
    '    serviceConfig.Type = "oneshot";',
    '    path = [ config.virtualisation.libvirtd.package ];',
    `    script = "virsh -c qemu:///system define \${./. + ${nixString(`/${xmlName}`)}}";`,
    '  };',
    '}',
    '',
  ].join('\n');
}

/** @see Nix manual, "String literal" */
function nixString(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('${', '\\${')}"`;
}

function hugepageParameters({ memory: { mib, pageKib } }: PlacedVm): readonly string[] {
  if (pageKib === undefined) return [];
  const pages = Math.ceil((mib * 1024) / pageKib);
  const size = pageKib === 2048 ? '2M' : '1G';
  return [`hugepagesz=${size}`, `hugepages=${pages}`];
}

/** @see Looking Glass documentation, "Kernel module": the size must be that of the domain */
function kvmfrLines(sizeMib: number): readonly string[] {
  return [
    '  boot.extraModulePackages = [ config.boot.kernelPackages.kvmfr ];',
    `  boot.extraModprobeConfig = "options kvmfr static_size_mb=${sizeMib}\\n";`,
    `  services.udev.extraRules = ''`,
    '    SUBSYSTEM=="kvmfr", GROUP="kvm", MODE="0660"',
    `  '';`,
  ];
}

function notes(vm: PlacedVm): readonly VmNote[] {
  return [
    {
      path: '',
      text: `Put both files beside configuration.nix and add ./${fileName(vm.name)}.nix to imports. The module does not take the devices away from their drivers at boot: airlock plan --boot does.`,
    },
    ...(vm.memory.pageKib === undefined
      ? []
      : [
          {
            path: 'memory.pageKib',
            text: 'The hugepages are reserved at boot, from all nodes alike.',
          },
        ]),
  ];
}
