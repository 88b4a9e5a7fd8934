import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseVm } from '../../../main/reports/vm/parse-vm.ts';
import { TARGETS } from '../../../main/vmconfig/targets.ts';
import { bdfParts, type Bdf } from '../../../shared/bdf.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { TargetOptions } from '../../../main/vmconfig/generator.ts';
import { asDomain } from '../read-back.ts';
import { run } from './ask-qemu.ts';
import type { VmCase } from './cases.ts';

/** A host for KVM whose devices are stand-ins: libvirt's test driver, which has i686 alone. */
const CAPABILITIES = `<capabilities>
  <host><cpu><arch>x86_64</arch></cpu></host>
  <guest>
    <os_type>hvm</os_type>
    <arch name='x86_64'>
      <wordsize>64</wordsize>
      <emulator>/usr/bin/qemu-system-x86_64</emulator>
      <machine>q35</machine>
      <domain type='kvm'/>
    </arch>
    <features><acpi default='on' toggle='yes'/><apic default='on' toggle='no'/></features>
  </guest>
</capabilities>
`;

/**
 * Runs the written scripts as they are, with the options that only print the domain.
 *
 * @param folder - An empty directory: descriptions of the host, and empty files for the disks.
 * @returns `case: what virt-install said`, or what of the machine its domain has otherwise.
 */
export async function runVirtInstall(
  cases: readonly VmCase[],
  folder: string,
  options: TargetOptions,
): Promise<readonly string[]> {
  const words = ['--print-xml', '--dry-run', '--connect', hostUri(cases, folder)];
  const failures: string[] = [];
  for (const { name, vm: whole } of cases) {
    const vm = sayable(whole, folder);
    const path = join(folder, 'virt-install.sh');
    writeFileSync(path, TARGETS['virt-install'](vm, options).files[0]?.text ?? '');
    const { status, output, error } = await run('sh', [path, ...words]);
    const read = parseVm(output);
    if (status !== 0 || !read.ok) failures.push(`${name}: ${error}`);
    else {
      const found = { ...read.value.vm, networks: withoutDrawnMacs(read.value.vm, vm) };
      failures.push(...differences(asDomain(vm), found).map((one) => `${name}: ${one}`));
    }
  }
  return failures;
}

/**
 * The test driver with stand-ins: devices from a file of its own, and what the host can do.
 *
 * @see virt-manager virtinst/uri.py, `MagicURI`; libvirt docs/drvtest.rst
 */
function hostUri(cases: readonly VmCase[], folder: string): string {
  const bdfs = cases.flatMap(({ vm }) =>
    vm.hostDevices.flatMap((device) => (device.kind === 'mdev' ? [] : device.bdf)),
  );
  const [node, capabilities] = [join(folder, 'node.xml'), join(folder, 'capabilities.xml')];
  writeFileSync(node, `<node>\n${[...new Set(bdfs)].map(nodeDevice).join('')}</node>\n`);
  writeFileSync(capabilities, CAPABILITIES);
  return `__virtinst_test__test://${node},fakeuri=qemu:///system,caps=${capabilities}`;
}

function nodeDevice(bdf: Bdf): string {
  const { domain, bus, deviceNumber, functionNumber } = bdfParts(bdf);
  const place = `<domain>${domain}</domain><bus>${bus}</bus><slot>${deviceNumber}</slot><function>${functionNumber}</function>`;
  const ids = "<product id='0x5678'/><vendor id='0x1234'/>";
  return `<device><name>pci_${bdf.replaceAll(/[:.]/g, '_')}</name><capability type='pci'>${place}${ids}</capability></device>\n`;
}

/** What is changed of the machines: what the target says that it cannot be told, and images. */
export const VIRT_INSTALL_CHANGES = [
  'host to libvirt’s test driver with the same devices',
  'images to empty files with plain names',
  'mediated devices and address width left out',
  'kvmfr to plain shared memory',
] as const;

function sayable(vm: PlacedVm, folder: string): PlacedVm {
  const images = join(folder, 'images');
  mkdirSync(images, { recursive: true });
  const { addressBitsLimit: _limit, ...cpu } = vm.cpu;
  return {
    ...vm,
    cpu: { ...cpu, hasHostAddressBits: false },
    hostDevices: vm.hostDevices.filter(({ kind }) => kind !== 'mdev'),
    disks: vm.disks.map((disk) => {
      const path = join(images, basename(disk.path).replaceAll(/[&<>'"]/g, '_'));
      writeFileSync(path, '');
      return { ...disk, path };
    }),
    ...(vm.sharedMemory && { sharedMemory: { ...vm.sharedMemory, backing: 'shm' } }),
  };
}

/** virt-install draws an address for each network that has none. */
function withoutDrawnMacs(found: PlacedVm, wanted: PlacedVm): PlacedVm['networks'] {
  return found.networks.map(({ mac, ...network }, index) => {
    const isDrawn = wanted.networks[index]?.mac === undefined;
    return isDrawn || mac === undefined ? network : { ...network, mac };
  });
}

/** Parts of a machine that are otherwise in another. */
function differences(wanted: PlacedVm, found: PlacedVm): readonly string[] {
  const names = Object.keys({ ...wanted, ...found }) as (keyof PlacedVm)[];
  return names
    .filter((name) => !isDeepStrictEqual(wanted[name], found[name]))
    .map(
      (name) => `${name} is ${JSON.stringify(found[name])}, not ${JSON.stringify(wanted[name])}`,
    );
}
