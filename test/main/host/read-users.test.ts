import { describe, expect, it } from 'vitest';
import { parseHolders, readOpenNodes } from '../../../main/host/read-open-nodes.ts';
import { sourceError, type Source } from '../../../main/host/source.ts';
import { parseDomain, parseProxmox } from '../../../main/host/read-users.ts';
import { parseBuiltin } from '../../../main/host/read-setup.ts';
import { unreadable } from '../../../shared/fact.ts';
import { ok } from '../../../shared/result.ts';
import { readTree } from '../../support/read-tree.ts';
import { SETUP_TREE } from '../../support/setup-tree.ts';

const CARD = 'sys/devices/pci0000:00/0000:00:02.0';
const functions = [{ bdf: '0000:00:02.0' }];
const MISSING = unreadable('NOT_RECORDED');

describe('open device nodes', () => {
  it('are found by the links of processes, each node once', async () => {
    const { machine } = await readTree({
      functions,
      files: { 'proc/77/comm': 'Xorg\n', 'proc/78/comm': 'sh\n', 'proc/78/fd/.keep': '' },
      links: {
        'proc/77/fd/3': '/dev/dri/card0',
        'proc/77/fd/4': '/dev/dri/card0',
        'proc/77/fd/5': '/dev/null',
        'proc/77/fd/6': 'socket:[123]',
      },
    });
    expect(machine?.users.openNodes).toEqual({
      nodes: [{ processId: 77, processName: 'Xorg', node: '/dev/dri/card0' }],
      isWhole: true,
    });
  });

  it('are not whole where the files of a process may not be listed', () => {
    const lists: Record<string, readonly string[]> = {
      proc: ['77', '78', 'self'],
      'proc/78/fd': ['4'],
    };
    const source: Source = {
      info: { kind: 'live', name: 'this host', capturedAtMs: 0, wasRoot: false },
      manifest: undefined,
      list: (path) => {
        const names = lists[path];
        return names ? ok(names) : sourceError('EACCES');
      },
      read: () => sourceError('ENOENT'),
      readLink: () => ok('/dev/snd/controlC0'),
    };
    expect(readOpenNodes(source)).toEqual({
      nodes: [{ processId: 78, processName: '?', node: '/dev/snd/controlC0' }],
      isWhole: false,
    });
  });

  it('are taken from the list of a snapshot, which says whether it is whole', async () => {
    const manifest = (unreadablePaths: readonly object[]) =>
      JSON.stringify({ format: 'airlock-snapshot/1', isRoot: false, unreadable: unreadablePaths });
    const list = '900\tqemu\t/dev/vfio/15\n901\tsh\t/dev/null\n';
    const others = { path: 'proc/*/fd', reason: 'Permission denied for processes of others' };
    for (const [entries, isWhole] of [
      [[], true],
      [[others], false],
    ] as const) {
      const { machine } = await readTree({
        functions,
        files: { 'airlock/holders': list, 'manifest.json': manifest(entries) },
      });
      expect(machine?.users.openNodes).toEqual({
        nodes: [{ processId: 900, processName: 'qemu', node: '/dev/vfio/15' }],
        isWhole,
      });
    }
    expect(parseHolders('')).toEqual([]);
  });

  it('are unknown where nothing was recorded', async () => {
    const { machine } = await readTree({ functions });
    expect(machine?.users).toEqual({
      openNodes: MISSING,
      nvidiaMinors: MISSING,
      vfioNodes: [],
      configured: MISSING,
    });
  });

  it('belong to functions by NVIDIA’s numbers and VFIO’s nodes', async () => {
    const { machine } = await readTree({
      functions,
      files: {
        'proc/driver/nvidia/gpus/0000:00:02.0/information': 'Model: \t x\nDevice Minor: \t 1\n',
        [`${CARD}/vfio-dev/vfio0/dev`]: '510:0\n',
      },
      links: { 'sys/class/vfio-dev/vfio0': `../../../${CARD}/vfio-dev/vfio0` },
    });
    expect(machine?.users).toMatchObject({
      nvidiaMinors: [{ bdf: '0000:00:02.0', minor: 1 }],
      vfioNodes: [{ bdf: '0000:00:02.0', node: '/dev/vfio/devices/vfio0' }],
    });
  });
});

describe('configured machines', () => {
  it('libvirt: the host’s addresses, not the guest’s', () => {
    const text = `<domain type='kvm'>
  <name>win11</name>
  <hostdev mode='subsystem' type='pci'>
    <source>
      <address domain='0x0000' bus='0x01' slot='0x00' function='0x1'/>
    </source>
    <address type='pci' domain='0x0000' bus='0x05' slot='0x00' function='0x0'/>
  </hostdev>
  <hostdev mode='subsystem' type='usb'><source><vendor id='0x046d'/></source></hostdev>
</domain>`;
    expect(parseDomain(text, 'airlock/domains/1.xml')).toEqual([
      { machine: 'win11', bdf: '0000:01:00.1', source: 'airlock/domains/1.xml' },
    ]);
    expect(parseDomain('', 'x')).toEqual([]);
  });

  it('Proxmox: whole slots and several addresses', () => {
    const path = 'etc/pve/qemu-server/100.conf';
    const text = `${path}:hostpci0: 0000:01:00,pcie=1,x-vga=1\n${path}:hostpci1: host=02:00.1;03:00.0\n${path}:machine: q35\n${path}:hostpci2: mapping=gpu\n`;
    expect(parseProxmox(text).map(({ machine, bdf }) => [machine, bdf])).toEqual([
      ['100', '0000:01:00.0'],
      ['100', '0000:02:00.1'],
      ['100', '0000:03:00.0'],
    ]);
  });
});

describe('the set-up of the kernel', () => {
  it('is read with secure boot, lockdown, drivers and modules asked for', async () => {
    const { machine } = await readTree(SETUP_TREE);
    expect(machine?.setup).toEqual({
      isSecureBoot: true,
      lockdown: 'integrity',
      builtinModules: ['nvme', 'vfio_pci'],
      driverModules: { nvme: 'nvme' },
      vfioAliases: [{ pattern: 'v000015B3d0000101Esv*sd*bc*sc*i*', module: 'mlx5_vfio_pci' }],
      vfioLines: [
        { path: 'etc/modules', line: 'vfio_virqfd' },
        { path: 'etc/modprobe.d/vfio.conf', line: 'options vfio-pci ids=10de:2204' },
      ],
    });
    expect(parseBuiltin('')).toEqual([]);
  });

  it('is unknown where nothing was recorded', async () => {
    const { machine } = await readTree({ functions });
    expect(machine?.setup).toMatchObject({
      isSecureBoot: MISSING,
      lockdown: MISSING,
      builtinModules: MISSING,
      vfioAliases: MISSING,
    });
  });

  it('does not take a cut-off variable for "off"', async () => {
    const path = 'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
    const { machine } = await readTree({ functions, files: { [path]: new Uint8Array([6, 0]) } });
    expect(machine?.setup.isSecureBoot).toEqual(unreadable('MALFORMED'));
  });
});
