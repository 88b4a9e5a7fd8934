import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHostCards } from '../../../../main/vmconfig/host-card.ts';
import { withPlaces } from '../../../../main/vmconfig/locate/with-places.ts';
import { vmFinding } from '../../../../main/vmconfig/lint/vm-finding.ts';
import { parseVm } from '../../../../main/reports/vm/parse-vm.ts';
import { vmTargetSchema, type VmTarget } from '../../../../shared/vm-report.ts';
import { generate, sampleVm } from '../../../support/vm-samples.ts';
import { vmHost } from '../../../support/vm-host.ts';

/** The lines of what a target writes for a machine, at a path of the model. */
function linesAt(target: VmTarget, path: string, sample = 'windows-looking-glass' as const) {
  const vm = sampleVm(sample);
  const { files } = generate(target, vm);
  const cards = findHostCards(vm, vmHost().context);
  const [found] = withPlaces([finding(path)], vm, files, cards);
  if (found?.place === undefined) return undefined;
  const { file, first, last } = found.place;
  return files[file]?.text
    .split('\n')
    .slice(first - 1, last)
    .join('\n');
}

function finding(path: string) {
  return vmFinding('code', 'risk', { path, text: 'Text.', remedy: 'Remedy.' });
}

describe('a finding stands beside the lines of the domain that it is about', () => {
  it.each([
    ['hostDevices[1]', /^ {4}<hostdev [^]*function='0x1'\/>\n {4}<\/hostdev>$/],
    ['hostDevices[0].rom', /^ +<rom bar='on' file='\/usr\/share\/kvm\/card.rom'\/>$/],
    ['hostDevices[0].rom.path', /^ +<rom /],
    ['hostDevices[1].rom', /^ {4}<hostdev [^\n]*$/],
    ['hostDevices[0].isManaged', /^ {4}<hostdev [^\n]*managed='yes'>$/],
    ['hostDevices[2].at.slot', /^ +<address type='pci' [^\n]*function='0x2'\/>$/],
    ['hostDevices[3].bdf', /^ +<source>\n[^\n]*function='0x3'\/>\n +<\/source>$/],
    ['hostDevices', /^ {4}<hostdev /],
    ['disks[1]', /^ {4}<disk [^]*win11\.iso/],
    ['networks[0].mac', /^ {4}<interface type='network'>/],
    ['ports[2].chassis', /^ {4}<controller [^>]*index='3' model='pcie-root-port'>/],
    ['cpu.pins[3].vcpu', /^ +<vcpupin vcpu='3' cpuset='13'\/>$/],
    ['cpu.pins', /^ +<vcpupin vcpu='0'/],
    ['cpu.emulatorCpus', /^ +<emulatorpin /],
    ['cpu.topology', /^ +<topology /],
    ['cpu.count', /^ +<vcpu [^>]*>6<\/vcpu>$/],
    ['memory.mib', /^ +<memory unit='MiB'>16384<\/memory>$/],
    ['memory.pageKib', /^ +<memoryBacking>/],
    ['memory.nodes', /^ +<numatune>/],
    ['firmware.isSecure', /^ +<os firmware='efi'>/],
    ['hyperv', /^ +<hyperv>/],
    ['tpm', /^ +<tpm model='tpm-crb'>/],
    ['sharedMemory.sizeMib', /^ +<shmem /],
    ['evdev', /^ +<input type='evdev'>/],
    ['name', /^ +<name>win11<\/name>$/],
  ])('%s', (path, lines) => {
    expect(linesAt('libvirt', path)).toMatch(lines);
  });

  it('and beside none where the domain says nothing of it', () => {
    expect(linesAt('libvirt', 'viommu')).toBeUndefined();
    expect(linesAt('libvirt', '')).toBeUndefined();
  });
});

describe('a finding about a device stands beside its address, or its ids, in every target', () => {
  const HAS_IT = /01:00\.1|01_00_1|function='0x1'|1e05/i;
  it.each(vmTargetSchema.options)('%s', (target) => {
    expect(linesAt(target, 'hostDevices[1]')).toMatch(HAS_IT);
  });
});

describe('a finding about the machine stands beside its option', () => {
  it.each([
    ['qemu', 'cpu.count', /-smp 6/],
    ['qemu', 'memory.pageKib', /hugetlb=on/],
    ['qemu', 'disks[1]', /win11\.iso/],
    ['proxmox', 'firmware.isSecure', /--bios ovmf/],
    ['proxmox', 'cpu.pins[2].cpus', /--affinity/],
    ['incus', 'memory.mib', /limits\.memory=/],
    ['cloud-hypervisor', 'networks[0].mac', /--net /],
    ['kubevirt', 'memory.mib', /guest: 16384Mi/],
    ['virt-install', 'tpm', /--tpm/],
  ] as const)('%s, %s', (target, path, line) => {
    expect(linesAt(target, path)).toMatch(line);
  });
});

describe('an existing text', () => {
  const TWICE = `<domstatus>
  <domain type="kvm"><name>x</name>
    <!-- <hostdev type='pci'/> -->
    <devices>
      <hostdev mode="subsystem" type="pci"><source><address bus="1" slot="0" function="0"/></source></hostdev>
      <hostdev mode='subsystem' type='usb'/>
      <hostdev mode='subsystem' type='pci'>
        <source>
          <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
        </source>
      </hostdev>
    </devices>
  </domain>
</domstatus>
`;

  it('has the second of two entries for one device marked, whatever stands between', () => {
    const parsed = parseVm(TWICE);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const file = { text: TWICE, language: 'xml' } as const;
    const found = withPlaces([finding('hostDevices[1]')], parsed.value.vm, [file]);
    expect(found[0]?.place).toEqual({ file: 0, first: 7, last: 11 });
  });

  it('that is no document costs neither an error nor more than its lines', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', '"', "'", 'a', '\n') }),
        (text) => {
          const vm = sampleVm('linux-compute');
          const file = { text: `<domain><devices>${text}`, language: 'xml' } as const;
          const count = file.text.split('\n').length;
          for (const { place } of withPlaces([finding('hostDevices[0]'), finding('name')], vm, [
            file,
          ])) {
            expect(place?.last ?? 1).toBeLessThanOrEqual(count);
          }
        },
      ),
    );
  });
});
