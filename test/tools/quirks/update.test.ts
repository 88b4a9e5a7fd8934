import { describe, expect, it } from 'vitest';
import { compareTables, nameKernel } from './compare.ts';
import type { KernelTables } from './kernel-tables.ts';
import { banner, FILES, makeTables, row } from './made-tables.ts';
import type { QuirkFiles } from './quirk-files.ts';
import { formatProposal, proposeUpdate } from './update.ts';

function propose(tables: KernelTables, files: QuirkFiles = FILES) {
  const name = nameKernel(tables.banner);
  const proposal = proposeUpdate(tables, files, name);
  return {
    lines: formatProposal(files, proposal.files),
    byHand: proposal.byHand.map(({ table, kind }) => `${kind} ${table}`),
    stillDiffers: compareTables(tables, proposal.files, name).length,
  };
}

const NEWER = banner('6.12.117+deb13-amd64', '6.12.117-1');
const WITNESS =
  '+ {"id": "debian-6.12.117", "kind": "binary of the Debian package", "package": "6.12.117-1", "release": "6.12.117+deb13-amd64"}';

describe('a proposal', () => {
  it('is empty for a witness that agrees', () => {
    expect(propose(makeTables())).toEqual({ lines: [], byHand: [], stillDiffers: 0 });
  });

  it('adds only the witness where a new kernel has every row', () => {
    expect(propose(makeTables({ banner: NEWER })).lines).toEqual([
      'main/quirks/witnesses.json',
      WITNESS,
    ]);
  });

  it('puts the witness where its version belongs', () => {
    const { files } = proposeUpdate(makeTables({ banner: NEWER }), FILES, nameKernel(NEWER));
    expect(files.witnesses.map(({ id }) => id)).toEqual([
      '6.0.0',
      'debian-6.1.192',
      'debian-6.12.117',
      'debian-7.3.4',
    ]);
  });

  it('gives a second package of one version a name of its own', () => {
    const text = banner('6.1.0-57-amd64', '6.1.192-3');
    const { files } = proposeUpdate(makeTables({ banner: text }), FILES, nameKernel(text));
    expect(files.witnesses.map(({ id }) => id)).toContain('debian-6.1.192-3');
  });

  it('adds a row of a new kernel, names who lacks it, and keeps the order of the kernel', () => {
    const { acsRows } = makeTables();
    const added = { vendor: '1957', device: '8d80', kernelFunction: 'pci_quirk_nxp_rp_acs' };
    const tables = makeTables({ banner: NEWER, acsRows: acsRows.toSpliced(1, 0, added) });
    const { lines, stillDiffers } = propose(tables);
    expect(lines).toEqual([
      'main/quirks/acs-quirks.json',
      '+ {"vendor": "1957", "device": "8d80", "check": "root-port", "kernelFunction": "pci_quirk_nxp_rp_acs", "seenIn": {"allBut": ["6.0.0", "debian-6.1.192", "debian-7.3.4"]}}',
      'main/quirks/witnesses.json',
      WITNESS,
    ]);
    expect(stillDiffers).toBe(0);
  });

  it('brings back a row that was taken out', () => {
    const files = { ...FILES, tables: { ...FILES.tables, 'alias-quirks': [] } };
    expect(propose(makeTables(), files).lines).toEqual([
      'main/quirks/alias-quirks.json',
      '+ {"vendor": "1b4b", "device": "9172", "alias": "function-1", "kernelFunction": "quirk_dma_func1_alias", "seenIn": {"allBut": ["6.0.0", "debian-7.3.4"]}}',
    ]);
  });

  it('takes out a row that no kernel has, and mends a value', () => {
    const tables = {
      ...FILES.tables,
      'intel-pch-ports': [
        ...FILES.tables['intel-pch-ports'],
        row({ device: '9999' }, { allBut: ['6.0.0', 'debian-7.3.4'] }),
      ],
      'fixed-aliases': [
        row({ vendor: '9005', device: '0285', subvendor: '9005', subdevice: '02bb', devfn: '10' }),
      ],
    };
    const { lines, stillDiffers } = propose(makeTables(), { ...FILES, tables });
    expect(lines).toEqual([
      'main/quirks/fixed-aliases.json',
      '- {"vendor": "9005", "device": "0285", "subvendor": "9005", "subdevice": "02bb", "devfn": "10", "seenIn": "all"}',
      '+ {"vendor": "9005", "device": "0285", "subvendor": "9005", "subdevice": "02bb", "devfn": "08", "seenIn": "all"}',
      'main/quirks/intel-pch-ports.json',
      '- {"device": "9999", "seenIn": {"allBut": ["6.0.0", "debian-7.3.4"]}}',
    ]);
    expect(stillDiffers).toBe(0);
  });

  it('leaves to people what no row can say, and rows that went away', () => {
    const { acsRows } = makeTables();
    const unknown = { vendor: 'abcd', device: '0001', kernelFunction: 'pci_new_acs' };
    const tables = makeTables({ acsRows: [...acsRows, unknown], intelPchIds: [] });
    const { lines, byHand } = propose(tables);
    expect(lines).toEqual([
      'main/quirks/intel-pch-ports.json',
      '- {"device": "3b42", "seenIn": "all"}',
      '+ {"device": "3b42", "seenIn": {"allBut": ["debian-6.1.192"]}}',
    ]);
    expect(byHand).toEqual(['extra intel-pch-ports', 'by-hand pci_dev_acs_enabled']);
  });

  it('is refused for a kernel that no package names', () => {
    const tables = makeTables({ banner: 'Linux version 6.14.2 (me@here) #1' });
    expect(() => propose(tables)).toThrow('not of a Debian package');
  });
});
