import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../main/host/open-source.ts';
import { readHost } from '../../../main/host/read-host.ts';
import { unreadable } from '../../../shared/fact.ts';
import type { MachineFacts } from '../../../shared/machine.ts';
import type { Host } from '../../../shared/host.ts';
import { buildTree } from '../../support/build-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const DEVICE = 'sys/devices/pci0000:00/0000:00:02.0';

async function read(root: string): Promise<Host> {
  const source = await openSource(root, { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  const host = readHost(source.value, { depth: 'full' });
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

describe('a full reading', () => {
  it('adds the details of a function', async () => {
    const root = temporaryDirectory();
    buildTree(root, {
      functions: [
        {
          bdf: '0000:00:02.0',
          driver: 'nvme',
          files: {
            driver_override: 'vfio-pci\n',
            reset_method: 'flr bus\n',
            boot_vga: '1\n',
            numa_node: '0\n',
            power_state: 'D3cold\n',
            sriov_totalvfs: '8\n',
            sriov_numvfs: '0\n',
            label: 'Onboard NVMe\n',
            acpi_index: '3\n',
            current_link_speed: '8.0 GT/s PCIe\n',
            current_link_width: '4\n',
            resource: '0x00000000f6000000 0x00000000f6003fff 0x0000000000140204\n',
          },
        },
      ],
      files: { 'sys/bus/pci/slots/7/address': '0000:00:02\n' },
      links: {
        'sys/class/nvme/nvme0': `../../../${DEVICE}/nvme/nvme0`,
        'sys/class/block/nvme0n1': `../../../${DEVICE}/nvme/nvme0/nvme0n1`,
        'sys/class/block/nvme0n1p1': `../../../${DEVICE}/nvme/nvme0/nvme0n1/nvme0n1p1`,
        'sys/class/block/loop0': '../../devices/virtual/block/loop0',
        'sys/class/block/sda': `../../../${DEVICE}/host0/target0:0:0/0:0:0:0/block/sda`,
        'sys/class/block/sda1': `../../../${DEVICE}/host0/target0:0:0/0:0:0:0/block/sda/sda1`,
      },
    });
    const [fn] = (await read(root)).functions;
    expect(fn?.details).toEqual({
      revision: 0,
      driver: 'nvme',
      driverOverride: 'vfio-pci',
      resetMethods: ['flr', 'bus'],
      isBootVga: true,
      numaNode: 0,
      d3coldAllowed: true,
      powerState: 'D3cold',
      sriovTotalVfs: 8,
      sriovNumVfs: 0,
      isEnabled: true,
      localCpuList: '0-1',
      label: 'Onboard NVMe',
      acpiIndex: 3,
      currentLinkSpeed: '8.0 GT/s PCIe',
      currentLinkWidth: 4,
      maxLinkSpeed: undefined,
      maxLinkWidth: undefined,
      bars: [
        { index: 0, startAddress: '0xf6000000', sizeBytes: 16384, kind: 'memory', is64Bit: true },
      ],
      children: ['nvme/nvme0', 'block/nvme0n1', 'block/sda'],
      physicalSlot: '7',
    });
  });

  it('knows what the kernel writes for nothing', async () => {
    const root = temporaryDirectory();
    buildTree(root, { functions: [{ bdf: '0000:00:02.0', files: { reset_method: '\n' } }] });
    const [fn] = (await read(root)).functions;
    expect(fn?.details).toMatchObject({
      driver: undefined,
      driverOverride: undefined,
      numaNode: undefined,
      resetMethods: [],
      bars: [],
      children: [],
      physicalSlot: undefined,
    });
  });

  it('cannot say that a function has no driver where the tree shows no drivers', async () => {
    const root = temporaryDirectory();
    buildTree(root, { functions: [{ bdf: '0000:00:02.0' }] });
    rmSync(join(root, 'sys/bus/pci/drivers'), { recursive: true });
    const [fn] = (await read(root)).functions;
    expect(fn?.details?.driver).toEqual(unreadable('NOT_RECORDED'));
  });

  it('reports files that hold something else', async () => {
    const root = temporaryDirectory();
    buildTree(root, {
      functions: [{ bdf: '0000:00:02.0', files: { resource: 'junk\n', numa_node: 'many\n' } }],
    });
    const host = await read(root);
    expect(host.functions[0]?.details).toMatchObject({
      bars: unreadable('MALFORMED'),
      numaNode: unreadable('MALFORMED'),
    });
    expect(host.problems.map((problem) => problem.path)).toEqual([
      `${DEVICE}/numa_node`,
      `${DEVICE}/resource`,
    ]);
  });

  it('adds the machine', async () => {
    const root = temporaryDirectory();
    buildTree(root, {
      functions: [{ bdf: '0000:00:02.0' }],
      files: {
        'sys/devices/virtual/dmi/id/board_name': 'X570 Taichi\n',
        'sys/devices/virtual/dmi/id/bios_date': '10/06/2025\n',
        'etc/os-release': 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n',
        'proc/modules': 'vfio_pci 16384 0 - Live 0x0000000000000000\nkvm 1 0 - Live 0x0\n',
        'proc/mounts':
          '/dev/nvme0n1p2 / ext4 rw 0 0\nproc /proc proc rw 0 0\n/dev/sdb1 /a\\040b ext4 rw 0 0\n',
        'proc/swaps': 'Filename\tType\tSize\tUsed\tPriority\n/dev/nvme0n1p3 partition 1 0 -2\n',
        'var/log/dmesg': '[    0.1] DMAR: IOMMU enabled\n[    0.2] usb 1-1: new device\n',
        'sys/bus/pci/slots/7-1/address': '0000:03:00\n',
      },
      links: { 'sys/class/dmi/id': '../../devices/virtual/dmi/id' },
    });
    const { machine } = await read(root);
    const missing = unreadable('NOT_RECORDED');
    const { storage, network, seat, users, setup, boot, ...more } = machine ?? {};
    const { processors, memory, hypervisor, ...others } = more as Partial<MachineFacts>;
    const parts = [network, seat, users, setup, boot, processors, memory, hypervisor];
    expect(parts.map((part) => typeof part)).toEqual(Array(8).fill('object'));
    expect([storage?.mounts, storage?.swaps]).toEqual([
      [
        { source: '/dev/nvme0n1p2', mountPoint: '/', fileSystem: 'ext4', number: undefined },
        { source: '/dev/sdb1', mountPoint: '/a b', fileSystem: 'ext4', number: undefined },
      ],
      [{ source: '/dev/nvme0n1p3', isFile: false }],
    ]);
    expect(others).toEqual({
      board: {
        systemVendor: missing,
        productName: missing,
        boardVendor: missing,
        boardName: 'X570 Taichi',
        biosVendor: missing,
        biosVersion: missing,
        biosDate: '10/06/2025',
      },
      osName: 'Debian GNU/Linux 13 (trixie)',
      physicalSlots: [{ name: '7-1', bdf: '0000:03:00.0' }],
      kernelLog: ['[    0.1] DMAR: IOMMU enabled'],
      guestLogs: missing,
      loadedModules: ['vfio_pci', 'kvm'],
    });
  });

  it('is marked by its machine facts, which a reading for grouping does not have', async () => {
    const root = temporaryDirectory();
    buildTree(root, { functions: [{ bdf: '0000:00:02.0' }] });
    mkdirSync(join(root, 'etc'), { recursive: true });
    writeFileSync(join(root, 'etc/os-release'), 'PRETTY_NAME=Arch\n');
    const source = await openSource(root, { nowMs: 0 });
    const host = source.ok ? readHost(source.value, { depth: 'grouping' }) : source;
    expect(host.ok && host.value).not.toHaveProperty('machine');
    expect((await read(root)).machine?.osName).toBe('Arch');
  });
});
