import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../main/host/open-source.ts';
import { readHost } from '../../../main/host/read-host.ts';
import { unreadable } from '../../../shared/fact.ts';
import type { Host } from '../../../shared/host.ts';
import { buildConfig, FULL_ACS } from '../../support/build-config.ts';
import { buildTree, type TreeOptions } from '../../support/build-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const DEVICE = 'sys/devices/pci0000:00/0000:00:00.0';
const LINK = 'sys/bus/pci/devices/0000:00:00.0';
const ONE = [{ bdf: '0000:00:00.0' }];
const NOT_RECORDED = unreadable('NOT_RECORDED');
const port = (secondary: number) =>
  ({
    portType: 'root-port',
    classCode: 0x060400,
    acs: FULL_ACS,
    bridge: { primary: 0, secondary, subordinate: secondary },
  }) as const;

async function tryRead(root: string, depth: 'grouping' | 'full' = 'grouping') {
  const source = await openSource(root, { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  return readHost(source.value, { depth });
}

async function read(root: string, depth: 'grouping' | 'full' = 'grouping'): Promise<Host> {
  const host = await tryRead(root, depth);
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

function tree(options: TreeOptions): string {
  const root = temporaryDirectory();
  buildTree(root, options);
  return root;
}

describe('functions and what is above them', () => {
  it('reads ids, configuration and place', async () => {
    const host = await read(
      tree({
        iommu: 'dmar0',
        functions: [
          { bdf: '0000:00:1c.0', group: '4', config: port(3) },
          {
            bdf: '0000:03:00.0',
            parent: '0000:00:1c.0',
            group: '5',
            config: {
              vendorId: 0x10de,
              deviceId: 0x2206,
              classCode: 0x030000,
              subsystem: 0x10de1467,
              portType: 'legacy-endpoint',
            },
          },
        ],
      }),
    );
    expect(host.functions[1]).toEqual({
      bdf: '0000:03:00.0',
      rootBus: '0000:00',
      parent: '0000:00:1c.0',
      vmdEndpoint: undefined,
      vendorId: 0x10de,
      deviceId: 0x2206,
      classCode: 0x030000,
      subsystem: 0x10de1467,
      config: {
        lengthBytes: 4096,
        headerType: 0,
        hasMultifunctionBit: false,
        bridge: undefined,
        pcie: { offset: 0x40, portType: 'legacy-endpoint', hasFlr: false, forwardsAri: false },
        acs: undefined,
        hasAri: false,
        sriov: undefined,
      },
      physicalFunction: undefined,
      iommuUnit: 'dmar0',
      iommuGroupId: '5',
    });
    expect(host.observedGroups).toEqual([
      { id: '4', members: ['0000:00:1c.0'] },
      { id: '5', members: ['0000:03:00.0'] },
    ]);
    expect(host.problems).toEqual([]);
  });

  it("takes the class that the kernel's fixups made of it, which its drivers see", async () => {
    const config = { vendorId: 0x16c3, deviceId: 0xabcd, classCode: 0x0c03fe } as const;
    const fixed = { bdf: '0000:00:00.0', config, files: { class: '0x0c0330\n' } };
    const damaged = { bdf: '0000:00:01.0', config, files: { class: 'usb\n' } };
    const { functions } = await read(tree({ functions: [fixed, damaged] }));
    expect(functions.map(({ classCode }) => classCode)).toEqual([0x0c0330, 0x0c03fe]);
  });

  it('takes the ids of a VF from its PF, as the kernel does', async () => {
    const sriov = { totalVfs: 8, numVfs: 1, firstVfOffset: 1, vfStride: 1, vfDeviceId: 0x1018 };
    const pf = { vendorId: 0x15b3, deviceId: 0x1017, portType: 'endpoint', sriov } as const;
    const files = { vendor: undefined, device: undefined };
    const functions = [
      { bdf: '0000:00:00.0', config: pf },
      { bdf: '0000:00:00.1', physicalFunction: '0000:00:00.0', files },
    ];
    expect((await read(tree({ functions }))).functions[1]).toMatchObject({
      physicalFunction: '0000:00:00.0',
      vendorId: 0x15b3,
      deviceId: 0x1018,
    });
  });

  it('takes the ids of a VF from its files where the PF cannot say', async () => {
    const host = await read(
      tree({
        functions: [
          { bdf: '0000:00:00.0', hasNoConfig: true, vendorId: 0x15b3 },
          {
            bdf: '0000:00:00.1',
            physicalFunction: '0000:00:00.0',
            vendorId: 0x15b3,
            deviceId: 0x101a,
          },
        ],
      }),
    );
    expect(host.functions[1]).toMatchObject({ vendorId: 0x15b3, deviceId: 0x101a });
  });

  it('finds the VMD endpoint of a child domain with more than four digits', async () => {
    const root = tree({ functions: [{ bdf: '0000:00:0e.0' }] });
    const child = 'sys/devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0';
    mkdirSync(join(root, child), { recursive: true });
    writeFileSync(join(root, child, 'config'), buildConfig(port(0xe1)));
    symlinkSync(`../../../../${child}`, join(root, 'sys/bus/pci/devices/10000:e0:06.0'));
    expect((await read(root)).functions[1]).toMatchObject({
      bdf: '10000:e0:06.0',
      rootBus: '10000:e0',
      parent: undefined,
      vmdEndpoint: '0000:00:0e.0',
    });
  });

  it('finds root buses below platform devices', async () => {
    const root = tree({ functions: ONE });
    const place = 'sys/devices/platform/4010000000.pcie/pci0001:00/0001:00:02.0';
    mkdirSync(join(root, place), { recursive: true });
    writeFileSync(join(root, place, 'config'), buildConfig());
    symlinkSync(`../../../../${place}`, join(root, 'sys/bus/pci/devices/0001:00:02.0'));
    expect((await read(root)).functions[1]).toMatchObject({
      rootBus: '0001:00',
      parent: undefined,
    });
  });

  it('notes the RCBA register on 1f.0 of a root bus only', async () => {
    const config = { rcba: 0xfed1c001 };
    const host = await read(
      tree({
        functions: [
          { bdf: '0000:00:1f.0', config },
          { bdf: '0000:00:1f.2', config },
        ],
      }),
    );
    expect(host.functions.map((fn) => fn.config)).toMatchObject([{ rcba: 0xfed1c001 }, {}]);
    expect(host.functions[1]?.config).not.toHaveProperty('rcba');
  });
});

describe('a copied tree', () => {
  it('is searched where directories stand in place of links', async () => {
    const root = tree({
      functions: [
        { bdf: '0000:00:1c.0', config: port(3) },
        { bdf: '0000:03:00.0', parent: '0000:00:1c.0' },
      ],
    });
    for (const bdf of ['0000:00:1c.0', '0000:03:00.0']) {
      rmSync(join(root, 'sys/bus/pci/devices', bdf));
      mkdirSync(join(root, 'sys/bus/pci/devices', bdf));
    }
    const host = await read(root);
    expect(host.functions[1]).toMatchObject({ parent: '0000:00:1c.0', rootBus: '0000:00' });
    expect(host.problems).toEqual([]);
  });

  it('may lack sys/bus/pci altogether', async () => {
    const root = tree({ functions: ONE });
    rmSync(join(root, 'sys/bus'), { recursive: true });
    expect((await read(root)).functions).toMatchObject([
      { bdf: '0000:00:00.0', parent: undefined },
    ]);
  });

  it('says that the place is unknown where nothing leads to sys/devices', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, LINK), { recursive: true });
    writeFileSync(join(root, LINK, 'config'), buildConfig());
    const host = await read(root);
    expect(host.functions).toMatchObject([
      { parent: undefined, inferred: ['topology'], deviceId: 0x1533 },
    ]);
    expect(host.problems).toMatchObject([{ code: 'malformed', path: LINK }]);
  });

  it('takes links that were written whole as links within the tree', async () => {
    const root = tree({ functions: ONE });
    rmSync(join(root, LINK));
    symlinkSync(`/${DEVICE}`, join(root, LINK));
    const host = await read(root);
    expect(host.functions[0]).toMatchObject({ deviceId: 0x1533, rootBus: '0000:00' });
    expect(host.problems).toEqual([]);
  });

  it('marks functions below a bridge that is not listed', async () => {
    const root = tree({
      functions: [
        { bdf: '0000:00:1c.0', config: port(3) },
        { bdf: '0000:03:00.0', parent: '0000:00:1c.0' },
      ],
    });
    rmSync(join(root, 'sys/bus/pci/devices/0000:00:1c.0'));
    const host = await read(root);
    expect(host.functions).toMatchObject([{ parent: '0000:00:1c.0', inferred: ['topology'] }]);
    expect(host.problems).toMatchObject([{ code: 'missing' }]);
  });
});

describe('what cannot be read becomes a problem, never a failure', () => {
  it('64 bytes of configuration leave ACS unknown, and are reported once', async () => {
    const config = { ...port(1), lengthBytes: 64 };
    const functions = [
      { bdf: '0000:00:00.0', config },
      { bdf: '0000:00:01.0', config: { ...config, bridge: { ...config.bridge, secondary: 2 } } },
      { bdf: '0000:00:02.0', config: { lengthBytes: 64 } },
    ];
    const host = await read(tree({ functions }));
    expect(host.functions.map((fn) => fn.config)).toMatchObject([
      { acs: unreadable('TRUNCATED') },
      { acs: unreadable('TRUNCATED') },
      { acs: undefined },
    ]);
    expect(host.problems).toEqual([
      {
        path: 'sys/bus/pci/devices',
        code: 'truncated',
        text: 'The configuration space of 2 of 3 PCI functions ends after 64 bytes (as recorded): whether they have ACS is unknown',
      },
    ]);
  });

  it('functions without configuration keep the ids of their files', async () => {
    const functions = [
      { bdf: '0000:00:00.0', hasNoConfig: true, config: { subsystem: 0x10431234 } },
    ];
    const host = await read(tree({ functions }));
    expect(host.functions).toMatchObject([
      {
        config: NOT_RECORDED,
        vendorId: 0x8086,
        deviceId: 0x1533,
        classCode: 0x020000,
        subsystem: 0x10431234,
      },
    ]);
    expect(host.problems).toMatchObject([{ code: 'missing', path: 'sys/bus/pci/devices' }]);
  });

  it.each([
    ['five bytes', new Uint8Array(5), unreadable('TRUNCATED')],
    ['all ones', new Uint8Array(4096).fill(0xff), unreadable('ALL_ONES')],
    ['nothing', '', unreadable('TRUNCATED')],
  ])('a configuration of %s', async (_name, config, fact) => {
    const host = await read(tree({ functions: [{ bdf: '0000:00:00.0', files: { config } }] }));
    expect(host.functions).toMatchObject([{ config: fact, deviceId: 0x1533 }]);
    expect(host.problems).toMatchObject([{ code: 'unreadable', path: `${DEVICE}/config` }]);
  });

  it('a directory in place of a file', async () => {
    const root = tree({ functions: [{ bdf: '0000:00:00.0', hasNoConfig: true }] });
    mkdirSync(join(root, DEVICE, 'config'));
    const host = await read(root);
    expect(host.functions).toMatchObject([{ config: unreadable('EISDIR') }]);
    expect(host.problems).toMatchObject([{ text: /a directory in place of a file/ }]);
  });

  it('a larger file than the kernel has is read up to its end', async () => {
    const config = new Uint8Array(100_000);
    config.set(buildConfig({ portType: 'endpoint' }));
    const host = await read(tree({ functions: [{ bdf: '0000:00:00.0', files: { config } }] }));
    expect(host.functions).toMatchObject([{ config: { lengthBytes: 4096 } }]);
  });

  it('links that lead in a circle', async () => {
    const root = tree({
      functions: [{ bdf: '0000:00:00.0', hasNoConfig: true }],
      links: { [`${DEVICE}/config`]: 'loop', [`${DEVICE}/loop`]: 'config' },
    });
    expect((await read(root)).functions).toMatchObject([{ config: unreadable('ELOOP') }]);
  });

  it('a device directory that is a link in a circle', async () => {
    const root = tree({ functions: [...ONE, { bdf: '0000:00:01.0' }] });
    rmSync(join(root, DEVICE), { recursive: true });
    symlinkSync('0000:00:00.0', join(root, DEVICE));
    expect((await read(root)).functions).toMatchObject([
      { config: unreadable('ELOOP'), vendorId: unreadable('ELOOP') },
      { vendorId: 0x8086 },
    ]);
  });

  it('names that are no addresses', async () => {
    const root = tree({ functions: ONE, links: { 'sys/bus/pci/devices/a\nb': 'x' } });
    const host = await read(root);
    expect(host.functions).toHaveLength(1);
    expect(host.problems).toEqual([
      {
        path: 'sys/bus/pci/devices/a\\nb',
        code: 'unsafe-name',
        text: 'Skipped sys/bus/pci/devices/a\\nb: not the address of a PCI function',
      },
    ]);
  });

  it('binary junk in vendor', async () => {
    const files = { vendor: new Uint8Array([0x7f, 0x00, 0xff, 0x0a, 0x1b]) };
    const host = await read(
      tree({ functions: [{ bdf: '0000:00:00.0', files }, { bdf: '0000:00:01.0' }] }),
    );
    expect(host.functions).toMatchObject([
      { vendorId: unreadable('MALFORMED') },
      { vendorId: 0x8086 },
    ]);
    expect(host.problems).toMatchObject([{ code: 'malformed', path: `${DEVICE}/vendor` }]);
    expect(host.problems[0]?.text).not.toMatch(/[\0-\x1f]/);
  });

  it('but a tree where no function is readable is no host', async () => {
    const root = tree({ functions: [{ bdf: '0000:00:00.0', files: { vendor: '\u0001junk' } }] });
    const host = await tryRead(root);
    expect(host).toMatchObject({ ok: false, error: { code: 'no-functions' } });
    expect(host.ok || host.error.message).toMatch(/^Cannot read [^\n]+$/);
  });

  it('too many problems are counted', async () => {
    const links = Object.fromEntries(
      Array.from({ length: 1100 }, (_, at) => [`sys/bus/pci/devices/x${at}`, 'y']),
    );
    const { problems } = await read(tree({ functions: ONE, links }));
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)?.text).toBe('100 more problems of the same kinds are not listed');
  });
});

describe('groups', () => {
  it('hold members of other buses', async () => {
    const root = tree({ functions: [{ bdf: '0000:00:00.0', group: '3' }], iommu: 'ivhd0' });
    const platform = join(root, 'sys/devices/platform/AMDI0020:00');
    mkdirSync(platform, { recursive: true });
    symlinkSync('../../../bus/platform', join(platform, 'subsystem'));
    const devices = join(root, 'sys/kernel/iommu_groups/3/devices');
    symlinkSync('../../../../devices/platform/AMDI0020:00', join(devices, 'AMDI0020:00'));
    symlinkSync('../../../../devices/platform/bus@f/2b600000.dma', join(devices, '2b600000.dma'));
    expect((await read(root)).observedGroups).toEqual([
      { id: '3', members: ['0000:00:00.0', 'platform:2b600000.dma', 'platform:AMDI0020:00'] },
    ]);
  });

  it('come from the links of functions where the tree has only those', async () => {
    const functions = [
      { bdf: '0000:00:00.0', group: '1' },
      { bdf: '0000:00:01.0', group: '1' },
    ];
    const root = tree({ functions });
    rmSync(join(root, 'sys/kernel'), { recursive: true });
    expect((await read(root)).observedGroups).toEqual([
      { id: '1', members: ['0000:00:00.0', '0000:00:01.0'] },
    ]);
  });

  it('are not recorded, rather than absent, in a tree that somebody made without them', async () => {
    const root = tree({ functions: ONE });
    rmSync(join(root, 'sys/kernel'), { recursive: true });
    rmSync(join(root, 'sys/class'), { recursive: true });
    const host = await read(root);
    expect([host.observedGroups, host.iommu.units]).toEqual([NOT_RECORDED, NOT_RECORDED]);
    expect(host.functions).toMatchObject([{ iommuGroupId: NOT_RECORDED, iommuUnit: NOT_RECORDED }]);
  });

  it('are compared with the links of the functions', async () => {
    const root = tree({ functions: [{ bdf: '0000:00:00.0', group: '1' }] });
    rmSync(join(root, 'sys/kernel/iommu_groups/1/devices/0000:00:00.0'));
    expect((await read(root)).problems).toMatchObject([
      { code: 'malformed', text: /says group 1, the groups' own directories say no group$/ },
    ]);
  });

  it('have type and name after a full reading', async () => {
    const root = tree({
      functions: [{ bdf: '0000:00:00.0', group: '0' }],
      files: { 'sys/kernel/iommu_groups/0/name': 'domain0-pe1\n' },
    });
    expect((await read(root, 'full')).observedGroups).toEqual([
      { id: '0', members: ['0000:00:00.0'], type: 'DMA-FQ', name: 'domain0-pe1' },
    ]);
  });
});

describe('kernel, processor and firmware', () => {
  it('reads what the machine says', async () => {
    const host = await read(
      tree({
        functions: ONE,
        files: {
          'proc/cmdline': 'root=/dev/sda1 intel_iommu=on\n',
          'sys/firmware/acpi/tables/DMAR': 'DMAR',
          'sys/firmware/acpi/tables/FACP': 'FACP',
        },
      }),
    );
    expect(host).toMatchObject({
      kernelRelease: '6.12.117-amd64',
      commandLine: 'root=/dev/sda1 intel_iommu=on',
      iommu: {
        units: [],
        acpiTables: ['DMAR'],
        ivrsAliases: undefined,
        cpuVendor: 'GenuineIntel',
        architecture: 'x86_64',
        platform: undefined,
      },
    });
  });

  const POWER = 'processor\t: 0\ncpu\t\t: POWER9, altivec supported\n\nplatform\t: PowerNV\n';
  it.each([
    [
      'x86 by its processor',
      '6.1.0-custom',
      'vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm\n',
      'x86_64',
    ],
    ['ARM by its kernel', '6.12.1+deb13-arm64', 'CPU implementer\t: 0x41\n', 'aarch64'],
    ['ARM by its processor', '6.12.1', 'CPU implementer\t: 0x41\n', 'aarch64'],
    ['POWER by its kernel', '6.12.1-powerpc64le', POWER, 'ppc64le'],
    ['Fedora', '6.17.1-300.fc43.x86_64', '', 'x86_64'],
    ['s390', '6.1.0', 'vendor_id       : IBM/S390\n', 's390x'],
    ['nothing that says', '6.1.0', '', NOT_RECORDED],
  ])('knows the architecture: %s', async (_name, release, cpuinfo, architecture) => {
    const root = tree({
      functions: ONE,
      files: { 'proc/version': `Linux version ${release} (x)\n`, 'proc/cpuinfo': cpuinfo },
    });
    rmSync(join(root, 'proc/sys'), { recursive: true });
    expect((await read(root)).iommu.architecture).toEqual(architecture);
  });

  it('reads the platform of POWER from the end of cpuinfo', async () => {
    const cpuinfo = `${'processor\t: 0\ncpu\t\t: POWER9, altivec supported\n\n'.repeat(200)}platform\t: pSeries\n`;
    const host = await read(tree({ functions: ONE, files: { 'proc/cpuinfo': cpuinfo } }));
    expect(host.iommu.platform).toBe('pSeries');
  });

  it.each([
    ['empty', '', NOT_RECORDED],
    ['junk', 'IVRSjunk', unreadable('MALFORMED')],
  ])('cannot tell aliases from an IVRS table that is %s', async (_name, table, fact) => {
    const root = tree({ functions: ONE, files: { 'sys/firmware/acpi/tables/IVRS': table } });
    expect((await read(root)).iommu.ivrsAliases).toEqual(fact);
  });

  it('has no kernel facts where the tree has none', async () => {
    const root = tree({ functions: ONE });
    rmSync(join(root, 'proc'), { recursive: true });
    expect(await read(root)).toMatchObject({
      kernelRelease: NOT_RECORDED,
      kernelVersion: NOT_RECORDED,
      commandLine: NOT_RECORDED,
    });
  });
});
