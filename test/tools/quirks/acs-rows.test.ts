import { describe, expect, it } from 'vitest';
import { decodeAcsOps, decodeAcsRows, decodeFixedAliases, decodeIdList } from './acs-rows.ts';

const FUNCTIONS: Readonly<Record<string, string>> = { '-16': 'enable', '-8': 'redirect' };
const functionAt = (address: number) => FUNCTIONS[address];
const ENABLE = 'f0ffffffffffffff';
const REDIRECT = 'f8ffffffffffffff';
const NULL = '0000000000000000';
const bytes = (...parts: readonly string[]) => Buffer.from(parts.join(''), 'hex');

describe('pci_dev_acs_enabled', () => {
  it('ends with a row of zeroes', () => {
    const table = bytes('8680331500000000', ENABLE, '171dffff00000000', REDIRECT, NULL, NULL, 'ff');
    expect(decodeAcsRows(table, functionAt)).toEqual([
      { vendor: '8086', device: '1533', kernelFunction: 'enable' },
      { vendor: '1d17', device: 'ANY', kernelFunction: 'redirect' },
    ]);
  });

  it.each([
    ['has a pointer to no function', bytes('8680331500000000', '0100000000000000'), 'no function'],
    ['is cut off', bytes('8680331500000000', ENABLE), 'no end'],
  ])('is not believed where it %s', (_name, table, reason) => {
    expect(() => decodeAcsRows(table, functionAt)).toThrow(reason);
  });
});

describe('pci_dev_acs_ops', () => {
  it('ends where a pointer leads to no function', () => {
    const table = bytes('8680ffff00000000', ENABLE, NULL, '8680ffff00000000', ENABLE, REDIRECT);
    const behind = bytes('0100000000000000', '0200000000000000', NULL);
    expect(decodeAcsOps(Buffer.concat([table, behind]), functionAt)).toEqual([
      { vendor: '8086', device: 'ANY', enableAcs: 'enable', disableAcsRedir: undefined },
      { vendor: '8086', device: 'ANY', enableAcs: 'enable', disableAcsRedir: 'redirect' },
    ]);
  });
});

describe('the list of PCH ports', () => {
  it('ends with zero', () => {
    expect(decodeIdList(bytes('423b', '9e8c', '0000', '1111'))).toEqual(['3b42', '8c9e']);
  });

  it('is not believed without an end', () => {
    expect(() => decodeIdList(bytes('423b'))).toThrow('no end');
  });
});

describe('fixed_dma_alias_tbl', () => {
  const row = (entryBytes: number) =>
    Buffer.concat([
      bytes('05900000', '85020000', '05900000', 'bb020000', NULL, '0800000000000000'),
      Buffer.alloc(entryBytes - 32),
    ]);

  it.each([32, 40])('has entries of %i bytes', (entryBytes) => {
    const table = Buffer.concat([row(entryBytes), Buffer.alloc(entryBytes)]);
    expect(decodeFixedAliases(table, entryBytes)).toEqual([
      { vendor: '9005', device: '0285', subvendor: '9005', subdevice: '02bb', devfn: '08' },
    ]);
  });

  it('is not believed without an end', () => {
    expect(() => decodeFixedAliases(row(40), 40)).toThrow('no end');
  });
});
