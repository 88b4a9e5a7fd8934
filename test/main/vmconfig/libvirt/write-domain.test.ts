import { describe, expect, it } from 'vitest';
import type { TargetOptions } from '../../../../main/vmconfig/generator.ts';
import { writeDomain } from '../../../../main/vmconfig/libvirt/write-domain.ts';
import type { PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmWishInput } from '../../../../shared/vm.ts';
import { pci, place, VM_FUNCTIONS, vmHost } from '../../../support/vm-host.ts';

const OPTIONS: TargetOptions = { scope: 'whole', vfio: 'group', libvirtVersion: '9.0.0' };

function xmlOf(wish: Partial<VmWishInput>, options: Partial<TargetOptions> = {}): string {
  return xmlOfVm(place(wish).vm, options);
}

function xmlOfVm(vm: PlacedVm, options: Partial<TargetOptions> = {}): string {
  return writeDomain(vm, { ...OPTIONS, ...options }).files[0]?.text ?? '';
}

describe('firmware', () => {
  it.each([
    ['efi', "enabled='no' name='secure-boot'"],
    ['efi-secure', "enabled='yes' name='secure-boot'"],
  ] as const)('%s says so, whatever the host lists first', (firmware, feature) => {
    expect(xmlOf({ firmware })).toContain(`<feature ${feature}/>`);
  });

  it('is not mentioned for BIOS', () => {
    expect(xmlOf({ firmware: 'bios' })).not.toMatch(/firmware|loader|smm/);
  });
});

describe('devices of the host', () => {
  it('keep domains of more than 16 bits', () => {
    const behindVmd = VM_FUNCTIONS.map((one) =>
      one.at === '02:00.0' ? { ...one, at: '10000:e1:00.0' } : one,
    );
    const { vm } = place({ devices: pci('10000:e1:00.0') }, vmHost(behindVmd));
    expect(xmlOfVm(vm)).toContain(
      "<address domain='0x10000' bus='0xe1' slot='0x00' function='0x0'/>",
    );
  });

  it('have their ROM from a file, or none', () => {
    const device = { kind: 'pci' as const, bdf: '02:00.0' };
    expect(xmlOf({ devices: [{ ...device, romFile: '/a,b & c.rom' }] })).toContain(
      "<rom bar='on' file='/a,b &amp; c.rom'/>",
    );
    expect(xmlOf({ devices: [{ ...device, isRomHidden: true }] })).toContain("<rom bar='off'/>");
  });
});

describe('versions', () => {
  const wish = { guest: 'windows-10', devices: pci('02:00.0') } as const;
  const wanted = [/maxphysaddr/, /avic/, /driver name='vfio' model='x_vfio_pci'/];
  const aliases = [{ pattern: 'v0000144Dd0000A808sv*sd*bc*sc*i*', module: 'x_vfio_pci' }];
  const vm = place(wish, vmHost(VM_FUNCTIONS, { setup: { vfioAliases: aliases } })).vm;

  it.each([
    ['8.0.0', [false, false, false], 3],
    ['9.0.0', [true, true, false], 1],
    ['10.0.0', [true, true, true], 0],
    [undefined, [false, false, false], 3],
  ])('libvirt %s: what it lacks is left out and said', (libvirtVersion, has, notes) => {
    const { libvirtVersion: _known, ...unknown } = OPTIONS;
    const options = libvirtVersion === undefined ? unknown : { ...OPTIONS, libvirtVersion };
    const generated = writeDomain(vm, options);
    const text = generated.files[0]?.text ?? '';
    expect(wanted.map((pattern) => pattern.test(text))).toEqual(has);
    expect(generated.notes.filter(({ text: note }) => note.includes('left out'))).toHaveLength(
      notes,
    );
  });
});

describe('a fragment', () => {
  it('has what passthrough needs and nothing else', () => {
    const text = xmlOf(
      { devices: pci('02:00.0'), disks: [{ path: '/a' }], networks: [{ kind: 'user' }] },
      { scope: 'fragment' },
    );
    const names = [...text.matchAll(/^ {4}<(\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual(['controller', 'hostdev', 'memballoon']);
  });
});

describe('what libvirt has no element for', () => {
  it('goes to QEMU in JSON, under its namespace', () => {
    const text = xmlOf({ display: { kind: 'looking-glass', memory: 'kvmfr' } });
    expect(text).toContain("xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'");
    expect(text).toContain(
      '&quot;mem-path&quot;:&quot;/dev/kvmfr0&quot;,&quot;size&quot;:33554432',
    );
  });
});
