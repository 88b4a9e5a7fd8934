import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../../main/backend/analyse.ts';
import { findConflicts } from '../../../../main/vmconfig/lint/groups.ts';
import { lintVm } from '../../../../main/vmconfig/lint/lint-vm.ts';
import type { FunctionDetails } from '../../../../shared/host.ts';
import type { HostDevice, PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmWishInput } from '../../../../shared/vm.ts';
import type { MachineNotation } from '../../../support/machine.ts';
import { bar, pci, place, VM_FUNCTIONS, vmHost } from '../../../support/vm-host.ts';

const FOLDER = join(import.meta.dirname, '../../../../main/vmconfig');

const GOOD: Partial<VmWishInput> = {
  devices: pci('01:00.0', '03:00.0'),
  disks: [{ path: '/a.qcow2' }],
  networks: [{ kind: 'network', mac: '52:54:00:00:00:01' }],
};

/** Code, path and severity of what is found, beside what the good machine has. */
function found(vm: PlacedVm, host?: Analysis) {
  return lintVm(vm, host?.context).map(({ code, path, severity }) => `${severity} ${code} ${path}`);
}

function change(parts: Partial<PlacedVm>): PlacedVm {
  return { ...place(GOOD).vm, ...parts };
}

/** The good machine with its first device changed. */
function withFirst(parts: Partial<HostDevice>): PlacedVm {
  const [first, ...rest] = place(GOOD).vm.hostDevices;
  return change({ hostDevices: [{ ...first, ...parts } as HostDevice, ...rest] });
}

const { vm: good } = place(GOOD);
const [graphics, audio] = good.hostDevices as readonly [HostDevice, HostDevice];

describe('a machine that was placed', () => {
  it('has no findings, alone and on its host', () => {
    expect([found(good), found(good, vmHost())]).toEqual([[], []]);
  });
});

const secondOf = (at: HostDevice['at']) => ({
  hostDevices: [graphics, { ...audio, ...(at && { at }) }],
});
const cpu = good.cpu;

describe('an IOMMU of the guest', () => {
  it('may have one function of a group, or several that are one to it', () => {
    const behind = { bus: 20, slot: 1, function: 0 };
    const bridged = good.hostDevices.map((device) => ({ ...device, at: behind }));
    const alone = { viommu: 'intel', hostDevices: good.hostDevices.slice(-1) } as const;
    const codes = [change(alone), change({ viommu: 'intel', hostDevices: bridged })].map((vm) =>
      lintVm(vm, vmHost().context).map(({ code }) => code),
    );
    expect(codes.flat()).not.toContain('group-behind-guest-iommu');
  });
});

describe('a machine by itself', () => {
  it.each<[string, PlacedVm, string]>([
    [
      'a device twice',
      change({ hostDevices: [graphics, { ...graphics, at: { bus: 9, slot: 0, function: 0 } }] }),
      'stop device-twice hostDevices[1]',
    ],
    [
      'two devices at one place',
      change(secondOf(graphics.at)),
      'stop place-taken hostDevices[1].at',
    ],
    ['function 1 alone', change({ hostDevices: [audio] }), 'stop no-function-0 hostDevices[0].at'],
    [
      'no word of the others',
      withFirst({ isMultifunction: false }),
      'risk not-multifunction hostDevices[0].isMultifunction',
    ],
    [
      'slot 1 below a port',
      change(secondOf({ bus: 1, slot: 1, function: 0 })),
      'stop slot-below-port hostDevices[1].at.slot',
    ],
    [
      'graphics on the root bus',
      withFirst({ at: { bus: 0, slot: 9, function: 0 } }),
      'risk on-root-bus hostDevices[0].at.bus',
    ],
    [
      'a card in two slots',
      change(secondOf({ bus: 5, slot: 0, function: 0 })),
      'note card-scattered hostDevices',
    ],
    [
      'one chassis twice',
      change({ ports: good.ports.map((port) => ({ ...port, chassis: 1 })) }),
      'stop chassis-twice ports[1].chassis',
    ],
    ['two ways to bind', withFirst({ isManaged: false }), 'risk managed-mixed hostDevices'],
    ['a balloon', change({ hasBalloon: true }), 'risk balloon-with-vfio hasBalloon'],
    [
      'a ROM without a path',
      withFirst({ rom: { kind: 'file', path: 'gpu.rom' } }),
      'stop rom-path-relative hostDevices[0].rom.path',
    ],
    [
      'one boot number twice',
      withFirst({ bootOrder: 1 }),
      'stop boot-order-twice disks[0].bootOrder',
    ],
    [
      'the address of a group',
      change({ networks: [{ kind: 'user', model: 'virtio', mac: '01:00:00:00:00:01' }] }),
      'stop mac-multicast networks[0].mac',
    ],
    [
      'one MAC twice',
      change({
        networks: [...good.networks, { kind: 'user', model: 'virtio', mac: '52:54:00:00:00:01' }],
      }),
      'risk mac-twice networks[1].mac',
    ],
    ['no screen', change({ hostDevices: [] }), 'risk no-screen display'],
    ['no keyboard', change({ hostDevices: [graphics] }), 'note no-input evdev'],
    [
      'a picture that nothing shows',
      change({ hostDevices: [{ kind: 'mdev', uuid: 'u', hasDisplay: true }] }),
      'stop picture-unseen hostDevices[0].hasDisplay',
    ],
    ['a name with a slash', change({ name: 'a/b' }), 'stop name-refused name'],
    [
      'a wrong topology',
      change({ cpu: { ...cpu, count: 5 } }),
      'stop topology-mismatch cpu.topology',
    ],
    [
      'a pin too many',
      change({ cpu: { ...cpu, pins: [{ vcpu: 4, cpus: [1] }] } }),
      'risk pin-of-no-vcpu cpu.pins[0].vcpu',
    ],
    [
      'two on one',
      change({ cpu: { ...cpu, pins: [0, 1].map((vcpu) => ({ vcpu, cpus: [4] })) } }),
      'risk pin-shared cpu.pins',
    ],
    [
      'the emulator among them',
      change({ cpu: { ...cpu, emulatorCpus: [4] } }),
      'note emulator-on-pins cpu.emulatorCpus',
    ],
    [
      'stimer without synic',
      change({ hyperv: ['vpindex', 'stimer'] }),
      'stop hyperv-incomplete hyperv',
    ],
    [
      'Windows without enlightenments',
      change({ guest: 'windows-10' }),
      'note hyperv-missing hyperv',
    ],
    [
      'no choice of secure boot',
      change({ firmware: { kind: 'efi' } }),
      'risk secure-boot-undecided firmware.isSecure',
    ],
    [
      'secure boot of Linux',
      change({ firmware: { kind: 'efi', isSecure: true } }),
      'note secure-boot-linux firmware.isSecure',
    ],
    [
      'Windows 11 with BIOS',
      change({ guest: 'windows-11', firmware: { kind: 'bios' } }),
      'stop windows-11-bios firmware.kind',
    ],
    ['Windows 11 without TPM', change({ guest: 'windows-11' }), 'risk windows-11-tpm tpm'],
    ['i440FX', change({ machine: 'pc' }), 'risk machine-without-pcie machine'],
    [
      'an IOMMU of another machine',
      change({ viommu: 'smmuv3' }),
      'stop viommu-of-other-machine viommu',
    ],
    [
      'devices behind an SMMUv3',
      change({ viommu: 'smmuv3', machine: 'virt' }),
      'risk smmuv3-with-vfio viommu',
    ],
    [
      '48 MiB of shared memory',
      change({ sharedMemory: { name: 'lg', sizeMib: 48, backing: 'shm' } }),
      'stop shared-memory-size sharedMemory.sizeMib',
    ],
    [
      'half a hugepage',
      change({ memory: { mib: 8191, pageKib: 2048, nodes: [] } }),
      'stop memory-in-part-pages memory.mib',
    ],
  ])('with %s', (_what, vm, expected) => {
    expect(found(vm)).toContain(expected);
  });

  it('tells the missing needs of an enlightenment', () => {
    const [finding] = lintVm(change({ hyperv: ['stimer'] }));
    expect(finding?.text).toContain('stimer needs synic and vpindex');
  });
});

/** The host of the tests, with other details of one function. */
function hostWith(
  at: string,
  facts: Partial<FunctionDetails>,
  more: MachineNotation = {},
): Analysis {
  const functions = VM_FUNCTIONS.map((one) =>
    one.at === at && one.details ? { ...one, details: { ...one.details, ...facts } } : one,
  );
  return vmHost(functions, more);
}

const configured = (bdf: string) =>
  ({
    users: { configured: [{ machine: 'other', bdf, source: 'other.xml' }] },
  }) as unknown as MachineNotation;

describe('a machine on a host', () => {
  it.each<[string, PlacedVm, Analysis, string]>([
    [
      'an address that moved',
      withFirst({ bdf: '0000:0a:00.0' } as Partial<HostDevice>),
      vmHost(),
      'stop device-absent hostDevices[0].bdf',
    ],
    [
      'a bridge',
      withFirst({ bdf: '0000:00:01.0' } as Partial<HostDevice>),
      vmHost(),
      'stop device-is-bridge hostDevices[0].bdf',
    ],
    [
      'a VF that is none',
      change({ hostDevices: [{ kind: 'vf', bdf: '0000:04:00.0' } as HostDevice] }),
      vmHost(),
      'stop not-a-vf hostDevices[0].bdf',
    ],
    [
      'a host driver on what nobody moves',
      withFirst({ isManaged: false }),
      vmHost(),
      'risk not-bound hostDevices[0].isManaged',
    ],
    [
      'the boot display',
      good,
      hostWith('01:00.0', { isBootVga: true }),
      'risk boot-display-rom hostDevices[0].rom',
    ],
    [
      'a reset of more than it has',
      change({ hostDevices: [graphics] }),
      hostWith('01:00.0', { resetMethods: ['bus'] }),
      'risk reset-reaches-beyond hostDevices[0]',
    ],
    [
      'a VF without address',
      place({ devices: [{ kind: 'vf', bdf: '04:01.0' }] }).vm,
      vmHost(),
      'note vf-without-mac hostDevices[0]',
    ],
    [
      'half of a group',
      change({ hostDevices: [graphics] }),
      hostWith('01:00.1', { driver: 'snd_hda_intel' }),
      'stop group-half-taken hostDevices[0]',
    ],
    [
      'a card behind an IOMMU of the guest',
      change({ viommu: 'intel' }),
      vmHost(),
      'stop group-behind-guest-iommu viommu',
    ],
    [
      'a device of another VM',
      good,
      vmHost(VM_FUNCTIONS, configured('0000:01:00.0')),
      'note device-in-other-vm hostDevices[0]',
    ],
    [
      'half of a group of another VM',
      change({ hostDevices: [graphics] }),
      vmHost(VM_FUNCTIONS, configured('0000:01:00.1')),
      'risk group-in-other-vm hostDevices[0]',
    ],
    [
      'a pin to an absent processor',
      change({ cpu: { ...cpu, pins: [{ vcpu: 0, cpus: [500] }] } }),
      vmHost(),
      'stop pin-to-no-cpu cpu.pins[0].cpus',
    ],
    [
      'more processors than the host',
      change({ cpu: { ...cpu, count: 17 } }),
      vmHost(),
      'risk more-vcpus-than-cpus cpu.count',
    ],
    [
      'threads on two cores',
      change({ cpu: { ...cpu, pins: [4, 5].map((one, vcpu) => ({ vcpu, cpus: [one] })) } }),
      vmHost(),
      'risk pins-split-cores cpu.pins',
    ],
    [
      'more memory than the host',
      change({ memory: { mib: 70_000, nodes: [] } }),
      vmHost(),
      'stop memory-exceeds-host memory.mib',
    ],
    [
      'a node that is not there',
      change({ memory: { mib: 1024, nodes: [2] } }),
      vmHost(),
      'stop no-such-node memory.nodes',
    ],
    [
      'hugepages that are not free',
      change({ memory: { mib: 1024, nodes: [1], pageKib: 2048 } }),
      vmHost(),
      'risk hugepages-missing memory.pageKib',
    ],
    [
      'memory far away',
      change({ cpu: { ...cpu, pins: [] }, memory: { mib: 1024, nodes: [0] } }),
      vmHost(),
      'note far-from-device hostDevices[0]',
    ],
    [
      'BARs above the window',
      good,
      hostWith('01:00.0', { bars: [bar(1, 2 ** 36)] }),
      'risk window-too-small mmio64Mib',
    ],
  ])('with %s', (_what, vm, host, expected) => {
    expect(found(vm, host)).toContain(expected);
  });

  it('without groups', () => {
    const host = vmHost();
    const off = { ...host.context, host: { ...host.context.host, observedGroups: [] } };
    expect(lintVm(good, off).map(({ code }) => code)).toContain('no-group');
  });

  it('whose facts were not read has no findings from them', () => {
    const host = vmHost();
    const { machine: _none, ...bare } = host.context.host;
    const far = change({ cpu: { ...cpu, pins: [{ vcpu: 0, cpus: [500] }] } });
    expect(lintVm(far, { ...host.context, host: bare })).toEqual([]);
  });

  it('beside another that has the rest of a group', () => {
    const other = change({ name: 'other', hostDevices: [audio] });
    const first = change({ hostDevices: [graphics] });
    expect(findConflicts([first, other], vmHost().context).map(({ code }) => code)).toEqual([
      'group-in-two-vms',
    ]);
    expect(findConflicts([first], vmHost().context)).toEqual([]);
  });
});

describe('the list of findings', () => {
  it('names each code once, and no other', () => {
    const folder = join(FOLDER, 'lint');
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const named = sources
      .join('\n')
      .matchAll(/vmFinding\(\s*(?:isSame \? '([a-z0-9-]+)' : )?'([a-z0-9-]+)'/g);
    const codes = [...named].flatMap(([, first, second]) => [first, second]).filter(Boolean);
    const rows = readFileSync(join(FOLDER, 'FINDINGS.md'), 'utf8').matchAll(/^\| `([a-z0-9-]+)`/gm);
    const listed = [...rows].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(50);
    expect(listed.toSorted()).toEqual(codes.toSorted());
  });
});
