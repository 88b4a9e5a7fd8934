import { describe, expect, it } from 'vitest';
import { unreadable } from '../../../shared/fact.ts';
import { readTree } from '../../support/read-tree.ts';
import { processorFiles } from '../../support/processor-tree.ts';

const functions = [{ bdf: '0000:00:02.0' }];
const MISSING = unreadable('NOT_RECORDED');
const CPU = 'sys/devices/system/cpu';

describe('processors', () => {
  it('share cores and the outermost unified cache', async () => {
    const { machine } = await readTree({
      functions,
      files: processorFiles({ cores: 4, threads: 2, coresInCache: 2, nodes: 1 }),
    });
    const { online, isolated, processors } = machine?.processors ?? {};
    expect([online, isolated]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7], MISSING]);
    expect(processors).toContainEqual({
      number: 5,
      siblings: [1, 5],
      lastLevelCache: [0, 1, 4, 5],
    });
    expect(processors).toContainEqual({
      number: 2,
      siblings: [2, 6],
      lastLevelCache: [2, 3, 6, 7],
    });
  });

  it('are unknown where nothing was recorded, and where a list is none', async () => {
    const bare = await readTree({ functions });
    expect(bare.machine?.processors).toEqual({
      online: MISSING,
      isolated: MISSING,
      processors: MISSING,
    });
    const odd = await readTree({ functions, files: { [`${CPU}/online`]: '3-1\n' } });
    expect(odd.machine?.processors.online).toEqual(unreadable('MALFORMED'));
  });

  it('of which a core could not be read keep that apart', async () => {
    const { machine } = await readTree({ functions, files: { [`${CPU}/online`]: '0\n' } });
    expect(machine?.processors.processors).toEqual([
      { number: 0, siblings: MISSING, lastLevelCache: MISSING },
    ]);
  });
});

describe('memory', () => {
  it('is read by node, with its hugepages', async () => {
    const { machine } = await readTree({
      functions,
      files: processorFiles({ cores: 4, threads: 2, coresInCache: 4, nodes: 2, freeHugepages: 64 }),
    });
    const pools = [{ pageKib: 2048, total: 128, free: 64 }];
    expect(machine?.memory).toEqual({
      totalKib: 32 * 1024 * 1024,
      nodes: [
        { id: 0, cpus: [0, 1, 4, 5], totalKib: 16 * 1024 * 1024, pools },
        { id: 1, cpus: [2, 3, 6, 7], totalKib: 16 * 1024 * 1024, pools },
      ],
      pools: [{ pageKib: 2048, total: 256, free: 128 }],
    });
  });

  it('is unknown where nothing was recorded', async () => {
    const { machine } = await readTree({ functions });
    expect(machine?.memory).toEqual({ totalKib: MISSING, nodes: MISSING, pools: MISSING });
  });
});

describe('what starts machines', () => {
  const manifest = JSON.stringify({ format: 'airlock-snapshot/1', isRoot: true });
  const CAP = 'intel-iommu/cap';

  it.each([
    [
      'Compiled against library: libvirt 9.0.0\nUsing library: libvirt 9.0.0\nRunning hypervisor: QEMU 7.2.22\n',
      '9.0.0',
    ],
    ['11.3.0\n', '11.3.0'],
    ['error: no\n', unreadable('MALFORMED')],
  ])('libvirt says %j', async (libvirt, version) => {
    const { machine } = await readTree({
      functions,
      files: {
        'manifest.json': manifest,
        'airlock/libvirt': libvirt,
        'airlock/qemu': 'QEMU emulator version 10.0.2 (Debian 1:10.0.2+ds-2)\n',
      },
    });
    expect(machine?.hypervisor).toMatchObject({ libvirt: version, qemu: '10.0.2' });
  });

  it('is absent where the collector found none, and unknown to a reading of files', async () => {
    const asked = await readTree({ functions, files: { 'manifest.json': manifest } });
    expect(asked.machine?.hypervisor.libvirt).toBeUndefined();
    const bare = await readTree({ functions });
    expect(bare.machine?.hypervisor.qemu).toEqual(MISSING);
  });

  it('maps as many bits as the narrowest Intel IOMMU translates', async () => {
    const unit = (name: string) => `sys/devices/virtual/iommu/${name}`;
    const { machine } = await readTree({
      functions,
      iommu: 'dmar0',
      files: {
        [`${unit('dmar0')}/${CAP}`]: 'd2008c40660462\n',
        [`${unit('dmar1')}/${CAP}`]: '1c0000c40660462\n',
      },
      links: { 'sys/class/iommu/dmar1': '../../devices/virtual/iommu/dmar1' },
    });
    expect(machine?.hypervisor.iommuAddressBits).toBe(39);
  });
});
