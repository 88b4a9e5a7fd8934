import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockDevice, Mount, StorageFacts } from '../../../../shared/storage.ts';
import { details } from '../../../support/details.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { block, machine, NOT_RECORDED } from '../../../support/machine.ts';
import { findings, wish } from '../../../support/wish.ts';

const FIRST = '01:00.0';
const SECOND = '02:00.0';

const nvme = (at: string): FunctionNotation => ({
  at,
  classCode: 0x010802,
  ids: [0x144d, at === FIRST ? 0xa808 : 0xa809],
  details: details({ driver: 'nvme' }),
});

const mount = (mountPoint: string, source: string, more: Partial<Mount> = {}): Mount => ({
  mountPoint,
  source,
  fileSystem: 'ext4',
  number: undefined,
  ...more,
});

const CODES = ['root-disk', 'boot-disk', 'swap-disk', 'disk-in-use', 'disk-held', 'disk-lost'];

function check(storage: Partial<StorageFacts>, at = FIRST) {
  const functions = [nvme(FIRST), nvme(SECOND)];
  const setup = { driverModules: { nvme: 'nvme' } };
  const host = makeHost({
    functions,
    machine: machine({ storage, setup, loadedModules: ['nvme'] }),
  });
  return wish(host, at);
}

const DISKS: readonly BlockDevice[] = [
  block('nvme0n1', [FIRST], { number: '259:0' }),
  block('nvme0n1p1', [FIRST], { number: '259:1', disk: 'nvme0n1' }),
  block('nvme0n1p2', [FIRST], { number: '259:2', disk: 'nvme0n1' }),
  block('nvme1n1', [SECOND], { number: '259:3' }),
];

describe('a disk that the host uses is a stop', () => {
  it.each<[string, Partial<StorageFacts>, string]>([
    ['the root file system', { mounts: [mount('/', '/dev/nvme0n1p2')] }, 'root-disk'],
    [
      'root by number, under any name',
      { mounts: [mount('/', '/dev/root', { number: '259:2' })] },
      'root-disk',
    ],
    ['/boot', { mounts: [mount('/boot', '/dev/nvme0n1p1')] }, 'boot-disk'],
    [
      'the EFI system partition',
      { mounts: [mount('/boot/efi', '/dev/nvme0n1p1', { fileSystem: 'vfat' })] },
      'boot-disk',
    ],
    ['a swap partition', { swaps: [{ source: '/dev/nvme0n1p2', isFile: false }] }, 'swap-disk'],
    ['any other mount', { mounts: [mount('/srv', '/dev/nvme0n1')] }, 'disk-in-use'],
  ])('%s', (_name, storage, code) => {
    const answer = check({ blocks: DISKS, ...storage });
    expect([answer.verdict, findings(answer)]).toEqual(['blocked', [`stop ${code}`]]);
    expect(findings(check({ blocks: DISKS, ...storage }, SECOND))).toEqual(['note disk-lost']);
  });

  it('names the place, the disk and every layer', () => {
    const blocks = [
      ...DISKS,
      block('md0', [], { slaves: ['nvme0n1p2', 'nvme1n1'], raidLevel: 'raid1' }),
      block('dm-0', [], {
        number: '253:0',
        slaves: ['md0'],
        mappedBy: 'CRYPT',
        mappedName: 'luks',
      }),
      block('dm-1', [], {
        number: '253:1',
        slaves: ['dm-0'],
        mappedBy: 'LVM',
        mappedName: 'vg-root',
      }),
    ];
    const mounts = [mount('/', '/dev/mapper/vg-root', { number: '253:1' })];
    for (const [at, chain] of [
      [FIRST, 'dm-1 on dm-0 on md0 on nvme0n1p2 on nvme0n1'],
      [SECOND, 'dm-1 on dm-0 on md0 on nvme1n1'],
    ] as const) {
      expect(check({ blocks, mounts }, at).findings[0]).toMatchObject({
        code: 'root-disk',
        evidence: `proc/self/mountinfo: 253:1 / ext4 /dev/mapper/vg-root: ${chain}`,
      });
    }
  });

  it.each<[string, Partial<StorageFacts>]>([
    [
      'every member of a btrfs',
      {
        mounts: [mount('/', '/dev/nvme0n1', { fileSystem: 'btrfs', number: '0:30' })],
        btrfs: [{ name: 'uuid', members: ['nvme0n1', 'nvme1n1'] }],
      },
    ],
    [
      'every member of a ZFS pool',
      {
        mounts: [mount('/', 'rpool/ROOT/pve-1', { fileSystem: 'zfs', number: '0:30' })],
        zfsPools: [{ name: 'rpool', members: ['nvme0n1p2', 'nvme1n1'] }],
      },
    ],
    [
      'every device of a bcachefs',
      {
        mounts: [
          mount('/', '/dev/nvme0n1:/dev/nvme1n1', { fileSystem: 'bcachefs', number: '0:30' }),
        ],
      },
    ],
    [
      'the cache in front of a bcache device',
      {
        blocks: [...DISKS, block('bcache0', [], { number: '252:0', slaves: ['nvme0n1'] })],
        mounts: [mount('/', '/dev/bcache0', { number: '252:0' })],
        bcacheSets: [{ backing: ['nvme0n1'], caches: ['nvme1n1'] }],
      },
    ],
    [
      'every path of an NVMe subsystem',
      {
        blocks: [block('nvme0n1', [], { number: '259:0', nvmeSubsystem: 'nvme-subsys0' })],
        mounts: [mount('/', '/dev/nvme0n1', { number: '259:0' })],
        nvmeSubsystems: [
          {
            name: 'nvme-subsys0',
            controllers: [
              { name: 'nvme0', path: block('x', [FIRST]).path },
              { name: 'nvme1', path: block('x', [SECOND]).path },
            ],
          },
        ],
      },
    ],
  ])('%s', (_name, storage) => {
    for (const at of [FIRST, SECOND]) {
      expect(findings(check({ blocks: DISKS, ...storage }, at))).toEqual(['stop root-disk']);
    }
  });

  it('a loop device rests on the file system of its file, a swap file too', () => {
    const blocks = [...DISKS, block('loop0', [], { backingFile: '/srv/image' })];
    const mounts = [mount('/mnt', '/dev/loop0'), mount('/srv', '/dev/nvme1n1')];
    const swaps = [{ source: '/srv/swapfile', isFile: true }];
    const answer = check({ blocks, mounts, swaps }, SECOND);
    expect(answer.findings.map(({ title }) => title)).toEqual([
      '02:00.0 holds swap (/srv/swapfile) (nvme1n1)',
      '02:00.0 holds /mnt and /srv (nvme1n1)',
    ]);
  });

  it('a pile of more layers than anybody makes ends the search, and says so', () => {
    const pile = Array.from({ length: 20_000 }, (_, index) =>
      block(`dm-${index}`, [], { slaves: [`dm-${index + 1}`] }),
    );
    const answer = check({ blocks: [...DISKS, ...pile], mounts: [mount('/', '/dev/dm-0')] });
    expect(answer.findings[0]?.text).toContain('dm-64 lies below too many layers');
    const loops = Array.from({ length: 20_000 }, (_, index) =>
      block(`loop${index}`, [], { backingFile: `/m${index + 1}/image` }),
    );
    const mounts = loops.map(({ name }, index) => mount(`/m${index}`, `/dev/${name}`));
    const nested = check({ blocks: [...DISKS, ...loops], mounts: mounts.slice(0, 200) });
    expect(nested.findings[0]?.text).toContain('lies below too many layers');
  });

  it('a loop device whose file lies on itself ends the search', () => {
    const blocks = [block('loop0', [], { backingFile: '/mnt/image' })];
    expect(findings(check({ blocks, mounts: [mount('/mnt', '/dev/loop0')] }))).toEqual([]);
  });
});

describe('a disk that nothing rests on', () => {
  it('is a note where all layers are known', () => {
    expect(check({ blocks: DISKS }).verdict).toBe('ready');
  });

  it.each<[string, Partial<StorageFacts>]>([
    [
      'an array that is not mounted',
      { blocks: [...DISKS, block('md0', [], { slaves: ['nvme0n1p2'] })] },
    ],
    ['an LVM volume group', { physicalVolumes: [{ name: 'vg0', members: ['nvme0n1p2'] }] }],
    ['an imported pool', { zfsPools: [{ name: 'tank', members: ['nvme0n1'] }] }],
    ['a btrfs', { btrfs: [{ name: 'uuid', members: ['nvme0n1'] }] }],
    ['a cache', { bcacheSets: [{ backing: ['sdx'], caches: ['nvme0n1'] }] }],
  ])('is a risk while %s holds it', (_name, storage) => {
    expect(findings(check({ blocks: DISKS, ...storage }), ...CODES)).toEqual(['risk disk-held']);
  });

  it.each<[string, Partial<StorageFacts>, string]>([
    ['the mounts', { mounts: NOT_RECORDED }, 'what is mounted is not known'],
    ['the swap areas', { swaps: NOT_RECORDED }, 'what is used as swap is not known'],
    [
      'the members of a pool',
      { mounts: [mount('/', 'rpool/root', { fileSystem: 'zfs' })], zfsPools: NOT_RECORDED },
      'the disks of the ZFS pool rpool are not known',
    ],
    [
      'what a mapped device is made of',
      {
        blocks: [...DISKS, block('dm-0', [], { number: '253:0', slaves: NOT_RECORDED })],
        mounts: [mount('/', '/dev/mapper/x', { number: '253:0' })],
      },
      'what dm-0 is made of is not known',
    ],
    [
      'what is mounted on access',
      { mounts: [mount('/efi', 'systemd-1', { fileSystem: 'autofs', number: '0:30' })] },
      'the disk of /efi, which is mounted on access, is not known',
    ],
    [
      'the device of a mount',
      { mounts: [mount('/', '/dev/sdz1', { number: '8:1' })] },
      'the disk of /dev/sdz1 (8:1) is not known',
    ],
  ])('is a risk where %s could not be read', (_name, storage, text) => {
    const [finding] = check({ blocks: DISKS, ...storage }, FIRST).findings;
    expect([finding?.severity, finding?.code]).toEqual(['risk', 'disk-use-unknown']);
    expect(finding?.text).toContain(text);
  });

  it('is a risk for a storage controller where no list of disks was read', () => {
    expect(findings(check({ blocks: NOT_RECORDED }))).toEqual(['risk disk-use-unknown']);
    const idle = { ...nvme(FIRST), details: details({ driver: undefined }) };
    const storage = { blocks: NOT_RECORDED };
    const host = makeHost({ functions: [idle], machine: machine({ storage }) });
    expect(findings(wish(host, FIRST))).toEqual([]);
  });
});

describe('laws of disks', () => {
  /** Devices of which each may be made of later ones; the last two are the disks. */
  const layers = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 2, maxLength: 8 });
  const build = (drawn: readonly (readonly number[])[]): readonly BlockDevice[] => [
    ...drawn.map((lower, index) =>
      block(`dm-${index}`, [], {
        slaves: lower.map((step) => nameAt(index + 1 + step, drawn.length)),
      }),
    ),
    ...DISKS,
  ];
  const nameAt = (index: number, count: number) =>
    index < count ? `dm-${index}` : index % 2 === 0 ? 'nvme0n1' : 'nvme1n1p9';
  const reaches = (name: string, blocks: readonly BlockDevice[], disk: string): boolean => {
    const one = blocks.find((candidate) => candidate.name === name);
    const lower = Array.isArray(one?.slaves) ? (one.slaves as readonly string[]) : [];
    return name === disk || lower.some((next) => reaches(next, blocks, disk));
  };
  const order = ['note', 'risk', 'stop'];
  const worst = (storage: Partial<StorageFacts>) =>
    Math.max(-1, ...check(storage).findings.map(({ severity }) => order.indexOf(severity)));
  const mountsOf = (picks: readonly number[]) =>
    picks.map((pick, index) => mount(index === 0 ? '/' : `/m${index}`, `/dev/dm-${pick}`));

  it('a disk that no mount reaches is never a stop, and one that a mount reaches always is', () => {
    fc.assert(
      fc.property(layers, fc.array(fc.nat(7), { maxLength: 3 }), (drawn, picks) => {
        const blocks = build(drawn);
        const isReached = picks.some((pick) => reaches(`dm-${pick}`, blocks, 'nvme0n1'));
        expect(worst({ blocks, mounts: mountsOf(picks) }) === 2).toBe(isReached);
      }),
      { numRuns: 300 },
    );
  });

  it('another mount never makes it less grave', () => {
    fc.assert(
      fc.property(layers, fc.array(fc.nat(7), { maxLength: 3 }), fc.nat(7), (drawn, picks, one) => {
        const blocks = build(drawn);
        const before = worst({ blocks, mounts: mountsOf(picks) });
        expect(worst({ blocks, mounts: mountsOf([...picks, one]) })).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});
