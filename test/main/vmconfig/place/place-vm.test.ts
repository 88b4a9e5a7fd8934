import { describe, expect, it } from 'vitest';
import { placeVm } from '../../../../main/vmconfig/place/place-vm.ts';
import { vmWishSchema, type VmWishInput } from '../../../../shared/vm.ts';
import { unreadable } from '../../../../shared/fact.ts';
import {
  bar,
  MEMORY,
  pci,
  place,
  PROCESSORS,
  VM_FUNCTIONS,
  vmHost,
} from '../../../support/vm-host.ts';

function addresses(wish: Partial<VmWishInput>, host = vmHost()) {
  return place(wish, host).vm.hostDevices.map((device) => {
    const { bus, slot, function: number } = device.at ?? { bus: -1, slot: -1, function: -1 };
    const name = device.kind === 'mdev' ? device.uuid : device.bdf;
    return `${name} ${bus}:${slot}.${number}`;
  });
}

describe('guest slots', () => {
  it('keep the functions of a card one multifunction device', () => {
    const { vm, notes } = place({ devices: pci('01:00.0') });
    expect(addresses({ devices: pci('01:00.0') })).toEqual([
      '0000:01:00.0 1:0.0',
      '0000:01:00.1 1:0.1',
      '0000:01:00.2 1:0.2',
      '0000:01:00.3 1:0.3',
    ]);
    expect(vm.hostDevices.map((one) => one.kind === 'pci' && one.isMultifunction)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(notes.slice(0, 3).map(({ path }) => path)).toEqual([
      'hostDevices[1]',
      'hostDevices[2]',
      'hostDevices[3]',
    ]);
  });

  it('give function 0 to the first of a card whose own is left out', () => {
    const devices = pci('01:00.2', '01:00.1').map((one) => ({ ...one, isWholeCard: false }));
    expect(addresses({ devices })).toEqual(['0000:01:00.1 1:0.0', '0000:01:00.2 1:0.1']);
  });

  it('lie below root ports with a chassis each, eight to a slot of the root bus', () => {
    const { vm } = place({
      devices: pci('01:00.0', '02:00.0', '03:00.0'),
      disks: [{ path: '/a' }, { path: '/b' }, { path: '/c' }],
      networks: [{ kind: 'user' }, { kind: 'user' }],
    });
    expect(vm.ports.map(({ index, chassis }) => [index, chassis])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [number, number]),
    );
    expect(vm.ports.at(-1)?.at).toEqual({ bus: 0, slot: 3, function: 0 });
  });

  it('are the same for a function that is named twice, and keep what was said of it', () => {
    const devices = [
      ...pci('01:00.0'),
      { kind: 'pci' as const, bdf: '01:00.1', romFile: '/rom' },
      ...pci('01:00.0'),
    ];
    const { vm } = place({ devices });
    expect(vm.hostDevices).toHaveLength(4);
    expect(vm.hostDevices[1]).toMatchObject({ rom: { kind: 'file', path: '/rom' } });
  });
});

describe('processors', () => {
  it('are whole cores below one cache on the node of the device', () => {
    const { cpu, memory } = place({ devices: pci('01:00.0'), cpus: 6 }).vm;
    expect(cpu.topology).toEqual({ sockets: 1, dies: 1, cores: 3, threads: 2 });
    expect(cpu.pins.flatMap(({ cpus }) => cpus)).toEqual([4, 12, 5, 13, 6, 14]);
    expect(cpu.emulatorCpus).toEqual([7, 15]);
    expect(memory.nodes).toEqual([1]);
  });

  it('leave the first core of the host alone', () => {
    const { cpu } = place({ cpus: 4 }).vm;
    expect(cpu.pins.flatMap(({ cpus }) => cpus)).not.toContain(0);
  });

  it('are one thread of each core where the number is odd', () => {
    const { cpu } = place({ cpus: 3 }).vm;
    expect(cpu.topology).toEqual({ sockets: 1, dies: 1, cores: 3, threads: 1 });
  });

  it('reach to the other node where that of the device has too few, and it is said', () => {
    const { vm, notes } = place({ devices: pci('01:00.0'), cpus: 10 });
    expect(vm.cpu.pins).toHaveLength(10);
    expect(notes.map(({ text }) => text).join()).toMatch(/2 last-level caches.*Node 1.*too few/);
  });

  it('are the ones that the kernel keeps free, where there are enough', () => {
    const isolated = { ...PROCESSORS, isolated: [2, 3, 10, 11] };
    const { cpu } = place({ cpus: 4 }, vmHost(VM_FUNCTIONS, { processors: isolated })).vm;
    expect(cpu.pins.flatMap(({ cpus }) => cpus)).toEqual([2, 10, 3, 11]);
  });

  it.each([
    ['cores could not be told apart', { processors: unreadable('EACCES') }],
    ['nothing was recorded', { processors: unreadable('NOT_RECORDED'), online: undefined }],
  ])('are not pinned where %s', (_why, processors) => {
    const { vm, notes } = place({ cpus: 4 }, vmHost(VM_FUNCTIONS, { processors }));
    expect(vm.cpu.pins).toEqual([]);
    expect(notes.map(({ path }) => path)).toContain('cpu');
  });

  it('of AMD need a feature for threads', () => {
    expect(place({}, vmHost(VM_FUNCTIONS, {}, 'AuthenticAMD')).vm.cpu.hasTopoext).toBe(true);
    expect(place({}).vm.cpu.hasTopoext).toBe(false);
  });
});

describe('memory', () => {
  it('has hugepages where enough are free', () => {
    const nodes = [
      {
        id: 0,
        cpus: [0, 1],
        totalKib: 2 ** 25,
        pools: [{ pageKib: 2048, total: 4096, free: 4096 }],
      },
    ];
    const memory = { ...MEMORY, nodes, pools: nodes[0]?.pools ?? [] };
    const { vm, steps } = place({ memoryMib: 8192 }, vmHost(VM_FUNCTIONS, { memory }));
    expect([vm.memory, steps]).toEqual([{ mib: 8192, nodes: [], pageKib: 2048 }, []]);
  });

  it('that is to have hugepages gets the step that makes them, on its node', () => {
    const { vm, steps } = place({ devices: pci('01:00.0'), memoryMib: 4096, pages: '2M' });
    expect(vm.memory).toEqual({ mib: 4096, nodes: [1], pageKib: 2048 });
    expect(steps.map(({ command }) => command)).toEqual([
      'echo 2048 > /sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages',
    ]);
    expect(place({ pages: '1G' }).steps[0]?.text).toMatch(/hugepagesz=1G hugepages=8/);
  });
});

describe('devices', () => {
  it('that VFIO has already stay with it, others are moved by libvirt', () => {
    const bound = VM_FUNCTIONS.map((one) => ({
      ...one,
      ...(one.details && { details: { ...one.details, driver: 'vfio-pci' } }),
    }));
    const isManaged = (host = vmHost()) =>
      place({ devices: pci('02:00.0') }, host).vm.hostDevices.map(
        (one) => one.kind === 'pci' && one.isManaged,
      );
    expect([isManaged(), isManaged(vmHost(bound))]).toEqual([[true], [false]]);
  });

  it('with large BARs get a window that holds them', () => {
    const large = VM_FUNCTIONS.map((one) =>
      one.at === '02:00.0' && one.details
        ? { ...one, details: { ...one.details, bars: [bar(0, 2 ** 35), bar(2, 2 ** 25)] } }
        : one,
    );
    expect(place({ devices: pci('02:00.0') }, vmHost(large)).vm.mmio64Mib).toBe(64 * 1024);
    expect(place({ devices: pci('01:00.0') }).vm).not.toHaveProperty('mmio64Mib');
  });

  it('are virtual functions with MAC and VLAN, and mediated ones', () => {
    const uuid = 'C2177883-F1BB-47F0-914D-32A22E3A8804';
    const { vm } = place({
      devices: [
        { kind: 'vf', bdf: '04:01.0', mac: '52:54:00:AA:BB:CC', vlan: 42 },
        { kind: 'mdev', uuid },
      ],
    });
    expect(vm.hostDevices).toMatchObject([
      { kind: 'vf', bdf: '0000:04:01.0', mac: '52:54:00:aa:bb:cc', vlan: 42, at: { bus: 1 } },
      { kind: 'mdev', uuid: uuid.toLowerCase(), hasDisplay: false, at: { bus: 2 } },
    ]);
  });

  it.each([
    ['is no address', 'zz:00.0', 'bad-arguments'],
    ['is not of the host', '7f:00.0', 'unknown-function'],
    ['is a bridge', '00:01.0', 'bad-arguments'],
  ])('are refused where one %s', (_why, bdf, code) => {
    const wish = vmWishSchema.parse({ name: 'vm', guest: 'linux', devices: pci(bdf) });
    const placement = placeVm(wish, vmHost().context);
    expect(placement.ok ? 'placed' : placement.error.code).toBe(code);
  });
});

describe('guests', () => {
  it('Windows 11 gets secure boot, a TPM and enlightenments', () => {
    const { firmware, tpm, hyperv } = place({ guest: 'windows-11' }).vm;
    expect([firmware, tpm]).toEqual([{ kind: 'efi', isSecure: true }, 'tpm-crb']);
    expect(hyperv).toContain('synic');
    expect(hyperv).not.toContain('vendor_id');
  });

  it.each([
    [1920, 1080, false, 32],
    [2560, 1440, false, 64],
    [3440, 1440, false, 64],
    [3840, 2160, false, 128],
    [5120, 1440, false, 128],
    [7680, 4320, false, 512],
    [3840, 2160, true, 256],
  ])('share memory for %d by %d, HDR %s: %d MiB', (width, height, isHdr, sizeMib) => {
    const { vm } = place({ display: { kind: 'looking-glass', width, height, isHdr } });
    expect(vm.sharedMemory?.sizeMib).toBe(sizeMib);
  });
});
