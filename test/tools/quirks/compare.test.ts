import { describe, expect, it } from 'vitest';
import { compareTables, formatDifference, nameKernel } from './compare.ts';
import type { KernelTables } from './kernel-tables.ts';
import { acsRow, banner, FILES, fixup, makeTables, row } from './made-tables.ts';
import type { FileRow, QuirkFiles, TableName } from './quirk-files.ts';

/** The lines that `check` prints. */
function linesOf(tables: KernelTables, files: QuirkFiles = FILES): readonly string[] {
  const name = nameKernel(tables.banner);
  return compareTables(tables, files, name).map((difference) => formatDifference(difference, name));
}

function filesWith(table: TableName, rows: readonly FileRow[]): QuirkFiles {
  return { ...FILES, tables: { ...FILES.tables, [table]: rows } };
}

const ACS = FILES.tables['acs-quirks'];
const [AMD, RCIEP, PCH] = ACS as readonly [FileRow, FileRow, FileRow];

describe('a kernel is named by the package in its banner', () => {
  it.each([
    [
      banner('7.3.4+deb13-amd64', '7.3.4-1~bpo13+1'),
      '7.3.4+deb13-amd64',
      '7.3.4-1~bpo13+1',
      { major: 7, minor: 3, patch: 4 },
    ],
    [
      'Linux version 6.14.2 (me@here) (gcc (Debian 12.2.0-14) 12.2.0) #1 SMP',
      '6.14.2',
      undefined,
      { major: 6, minor: 14, patch: 2 },
    ],
    ['nothing', '', undefined, undefined],
  ])('%s', (text, release, packageVersion, version) => {
    expect(nameKernel(text)).toEqual({ release, package: packageVersion, version });
  });
});

describe('a kernel and tables that say the same', () => {
  it('show no difference', () => {
    expect(linesOf(makeTables())).toEqual([]);
  });

  it('show none where the kernel has a row twice', () => {
    const { fixups } = makeTables();
    expect(linesOf(makeTables({ fixups: [...fixups, ...fixups] }))).toEqual([]);
  });
});

describe('a planted difference is reported with table, row and kernel', () => {
  it.each([
    [
      'a row is missing',
      filesWith('acs-quirks', [RCIEP, PCH]),
      'acs-quirks: 1002:4385 pci_quirk_amd_sb_acs: is in the kernel, but not in the table (Linux 6.1.192-2)',
    ],
    [
      'a row is too much',
      filesWith('alias-quirks', [
        ...FILES.tables['alias-quirks'],
        row({
          vendor: '1b4b',
          device: '9999',
          alias: 'function-1',
          kernelFunction: 'quirk_dma_func1_alias',
        }),
      ]),
      'alias-quirks: 1b4b:9999 quirk_dma_func1_alias: is not in the kernel, but seenIn says that it is (Linux 6.1.192-2)',
    ],
    [
      'a value is another',
      filesWith('acs-quirks', [
        acsRow('1002', '4385', 'root-port', 'pci_quirk_amd_sb_acs'),
        RCIEP,
        PCH,
      ]),
      'acs-quirks: 1002:4385 pci_quirk_amd_sb_acs: check is root-port, the kernel has amd-southbridge (Linux 6.1.192-2)',
    ],
    [
      'a fixed alias is another',
      filesWith('fixed-aliases', [
        row({ vendor: '9005', device: '0285', subvendor: '9005', subdevice: '02bb', devfn: '10' }),
      ]),
      'fixed-aliases: 9005:0285 (9005:02bb): devfn is 10, the kernel has 08 (Linux 6.1.192-2)',
    ],
    [
      'the order is another',
      filesWith('acs-quirks', [AMD, PCH, RCIEP]),
      'acs-quirks: 8086:ANY pci_quirk_rciep_acs: stands in the kernel where the table has 8086:ANY pci_quirk_intel_pch_acs (Linux 6.1.192-2)',
    ],
    [
      'a row denies this kernel',
      filesWith('intel-pch-ports', [row({ device: '3b42' }, { allBut: ['debian-6.1.192'] })]),
      'intel-pch-ports: 8086:3b42: is in the kernel, but seenIn says that it is not (Linux 6.1.192-2)',
    ],
  ])('%s', (_name, files, line) => {
    expect(linesOf(makeTables(), files)).toEqual([line]);
  });

  it('a row that went away: the engine would still believe in it', () => {
    const files = filesWith('intel-pch-ports', [
      ...FILES.tables['intel-pch-ports'],
      row({ device: '3b43' }, { allBut: ['debian-6.1.192'] }),
    ]);
    expect(linesOf(makeTables(), files)).toEqual([
      'intel-pch-ports: 8086:3b43: is not in the kernel any more; the engine takes every row of an older series for present (Linux 6.1.192-2)',
    ]);
  });
});

describe('a kernel that is no witness is held against what its version lets expect', () => {
  const newRow = row({ device: '3b43' }, { allBut: ['6.0.0', 'debian-7.3.4'] });
  const files = filesWith('intel-pch-ports', [...FILES.tables['intel-pch-ports'], newRow]);
  const kernel = (version: string, intelPchIds: readonly string[]) =>
    makeTables({ banner: banner(`${version}-amd64`, `${version}-1`), intelPchIds });

  it.each([
    ['a back-port may have come, and has', kernel('6.1.150', ['3b42', '3b43']), []],
    ['a back-port may have come, and has not', kernel('6.1.150', ['3b42']), []],
    [
      'the row has been there before',
      kernel('6.1.200', ['3b42']),
      [
        'intel-pch-ports: 8086:3b43: is not in the kernel, but seenIn says that it is (Linux 6.1.200-1)',
      ],
    ],
    [
      'a later release of the same series lacks it',
      kernel('7.3.2', ['3b42', '3b43']),
      [
        'intel-pch-ports: 8086:3b43: is in the kernel, but seenIn says that it is not (Linux 7.3.2-1)',
      ],
    ],
  ])('%s', (_name, tables, lines) => {
    expect(linesOf(tables, files)).toEqual(lines);
  });
});

describe('what no row can say is left to somebody who reads the kernel', () => {
  const { acsRows, fixups, hookEffects } = makeTables();

  it.each([
    [
      'an ACS function that is not known',
      makeTables({
        acsRows: [...acsRows, { vendor: 'abcd', device: '0001', kernelFunction: 'pci_new_acs' }],
      }),
      'pci_dev_acs_enabled: abcd:0001 asks pci_new_acs(), which the engine does not know (Linux 6.1.192-2)',
    ],
    [
      'a hook that adds aliases in a way that is not known',
      makeTables({
        fixups: [...fixups, fixup('abcd', '0001', 'quirk_new')],
        hookEffects: new Map([...hookEffects, ['quirk_new', ['pci_add_dma_alias']]]),
      }),
      'quirk_new: adds DMA aliases that the engine does not know, for abcd:0001 (Linux 6.1.192-2)',
    ],
    [
      'a flag that is not known',
      makeTables({
        hookEffects: new Map([...hookEffects, ['quirk_no_bus_reset', ['PCI_DEV_FLAGS_NEW']]]),
      }),
      'quirk_no_bus_reset: sets PCI_DEV_FLAGS_NEW, of which the engine does not know what it means, for 10de:ANY (Linux 6.1.192-2)',
    ],
    [
      'a class that the engine does not ask for',
      makeTables({
        fixups: fixups.map((entry) =>
          entry.device === '9172' ? { ...entry, classCode: 0x106, classShift: 8 } : entry,
        ),
      }),
      'quirk_dma_func1_alias: holds for 1b4b:9172 of class 0x106 (shifted by 8), for which the engine does not ask (Linux 6.1.192-2)',
    ],
    [
      'another way to switch ACS on',
      makeTables({ acsOps: [] }),
      'pci_dev_acs_ops: has other rows than the engine expects: [] (Linux 6.1.192-2)',
    ],
  ])('%s', (_name, tables, line) => {
    expect(linesOf(tables)).toEqual([line]);
  });

  it('a hook that stopped to add aliases', () => {
    const silent = new Map([...hookEffects].filter(([hook]) => hook !== 'quirk_dma_func1_alias'));
    expect(linesOf(makeTables({ hookEffects: silent }))).toEqual([
      'alias-quirks: 1b4b:9172 quirk_dma_func1_alias: is not in the kernel, but seenIn says that it is (Linux 6.1.192-2)',
      'quirk_dma_func1_alias: no longer calls pci_add_dma_alias() (Linux 6.1.192-2)',
    ]);
  });
});
