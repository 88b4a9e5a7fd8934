import { describe, expect, it } from 'vitest';
import { parseKernelVersion } from '../../../main/quirks/kernel-version.ts';
import { presenceIn } from '../../../main/quirks/presence.ts';
import { quirkTablesFor } from '../../../main/quirks/tables.ts';

describe('a kernel names its version', () => {
  it.each([
    ['a stable release', '6.12.107+deb13-amd64', undefined, { major: 6, minor: 12, patch: 107 }],
    ['a first release', '7.0.0', undefined, { major: 7, minor: 0, patch: 0 }],
    ['a release candidate', '6.0.0-rc1', undefined, { major: 6, minor: 0, patch: 0 }],
    [
      'a Debian kernel whose release hides the patch level',
      '6.1.0-56-amd64',
      'Linux version 6.1.0-56-amd64 (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP Debian 6.1.192-2 (2026-11-16)',
      { major: 6, minor: 1, patch: 192 },
    ],
    [
      'a distribution counter',
      '6.8.0-45-generic',
      undefined,
      { major: 6, minor: 8, patch: undefined },
    ],
    [
      'a kernel of Proxmox, built with a compiler of Debian',
      '6.8.12-4-pve',
      'Linux version 6.8.12-4-pve (build@proxmox) (gcc (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC PMX 6.8.12-4 (2024-11-06T15:04Z)',
      { major: 6, minor: 8, patch: 12 },
    ],
    ['no version', 'hello', undefined, undefined],
  ])('%s', (_name, release, version, expected) => {
    expect(parseKernelVersion(release, version)).toEqual(expected);
  });
});

describe('a quirk row is judged by the kernels in which it was looked for', () => {
  const loongson = {
    allBut: [
      '5.4.286',
      '5.10.198',
      '5.15.100',
      '5.19.0',
      '6.0.0-rc1',
      '6.1.119',
      '6.6.9',
      '6.12.0',
      '6.14.0',
    ],
  };
  const wangxun = { allBut: ['5.19.0', '6.0.0-rc1'] };

  it.each([
    ['everywhere', '5.4.1', 'all', 'present'],
    ['in a later series than one that has it', '7.2.13', loongson, 'present'],
    ['in a later release of a stable series that has it', '6.1.195', loongson, 'present'],
    [
      'in an earlier release of that series: it may have come in between',
      '6.1.150',
      loongson,
      'depends',
    ],
    ['in an earlier release than one that lacks it', '6.1.100', loongson, 'absent'],
    ['in a first release before one that lacks it', '6.13.0', loongson, 'absent'],
    ['in a stable release between', '6.13.5', loongson, 'depends'],
    ['in a kernel older than the row', '6.0.0', wangxun, 'absent'],
    ['in a distribution kernel of an unknown patch level', '6.8.0-45-generic', loongson, 'depends'],
  ] as const)('%s', (_name, release, seenIn, expected) => {
    expect(presenceIn(parseKernelVersion(release), seenIn)).toBe(expected);
  });

  it('cannot be judged without a kernel, unless all have it', () => {
    expect(presenceIn(undefined, 'all')).toBe('present');
    expect(presenceIn(undefined, loongson)).toBe('depends');
  });
});

describe('the tables keep the order of the kernel', () => {
  it('asks the integrated-endpoint row before the two PCH rows', () => {
    const rows = quirkTablesFor(parseKernelVersion('7.1.5')).acsRows(0x8086, 0x1234);
    expect(rows.map(({ check }) => check)).toEqual(['intel-rciep', 'intel-pch', 'intel-spt-pch']);
  });

  it('leaves out rows that the kernel lacks', () => {
    const rows = (release: string) =>
      quirkTablesFor(parseKernelVersion(release)).bridgeRows(0x1a03, 0x1150);
    expect(rows('6.12.0')).toEqual([]);
    expect(rows('7.1.5').map(({ flag }) => flag)).toEqual(['keeps-requester-id']);
  });

  it('knows the ports of Intel PCHs and the fixed aliases by device', () => {
    const tables = quirkTablesFor(parseKernelVersion('6.12.0'));
    expect([0x8c10, 0x8c91].map(tables.isIntelPchPort)).toEqual([true, false]);
    expect([0x9005_02bb, 0x9005_02bd].map((id) => tables.fixedAlias(0x9005, 0x285, id))).toEqual([
      8,
      undefined,
    ]);
  });
});
