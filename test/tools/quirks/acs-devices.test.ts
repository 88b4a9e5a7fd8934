import { describe, expect, it } from 'vitest';
import { findAcsDevices } from './acs-devices.ts';
import type { TypeFacts } from './btf.ts';
import type { NamedKernel } from './kallsyms.ts';

const TYPES = {
  members: { acs_cap: 0x978, device: 0x3e, pcie_cap: 0x6e, pcie_flags_reg: 0x74 },
} as TypeFacts;
/** xor %eax,%eax; cmpw $0x9d10,0x3e(%rdi); sete %al; ret */
const ANSWERS_YES = '31c0 66817f3e109d 0f94c0 c3';
/** mov $-25,%eax; cmpw $0xa110,0x3e(%rdi); jne 1f; movzwl 0x978(%rdi),%edx; 1: ret */
const READS_CAPABILITY = 'b8e7ffffff 66817f3e10a1 7507 0fb79778090000 c3';
/** Calls something in the middle. */
const CALLS = '0fb7473e 663d109d 90 e800000000 c3';

/** A kernel of these functions, 0x40 bytes apart. */
function makeKernel(functions: Readonly<Record<string, string>>): NamedKernel {
  const names = Object.keys(functions);
  const bytes = Buffer.alloc(names.length * 0x40);
  for (const [at, code] of Object.values(functions).entries()) {
    bytes.write(code.replaceAll(' ', ''), at * 0x40, 'hex');
  }
  const segments = [{ address: 0, offset: 0, size: bytes.length }];
  return {
    banner: '',
    memory: { bytes, architecture: 'x86_64', segments, sections: new Map() },
    symbols: {
      addressOf: (name) => (names.includes(name) ? names.indexOf(name) * 0x40 : undefined),
      functionsAt: () => [],
      nextAfter: (address) => address + 0x40,
    },
  };
}

const SPT = 'pci_quirk_intel_spt_pch_acs';
const ROWS = [
  { vendor: '1002', device: '4385', kernelFunction: 'pci_quirk_amd_sb_acs' },
  { vendor: '8086', device: 'ANY', kernelFunction: SPT },
];

function devicesOf(functions: Readonly<Record<string, string>>): readonly string[] {
  return findAcsDevices(makeKernel(functions), ROWS, TYPES).map(
    ({ vendor, device, kernelFunction }) => `${vendor}:${device} ${kernelFunction}`,
  );
}

describe('a device counts as named', () => {
  it.each([
    ['where the function answers yes', { [SPT]: ANSWERS_YES }, '9d10'],
    ['where it goes on to ask for the capability', { [SPT]: READS_CAPABILITY }, 'a110'],
    [
      'where its part that compares ids answers yes',
      { [SPT]: CALLS, [`${SPT}_match`]: ANSWERS_YES },
      '9d10',
    ],
  ])('%s', (_name, functions, device) => {
    expect(devicesOf(functions as Readonly<Record<string, string>>)).toEqual([
      `8086:${device} ${SPT}`,
    ]);
  });
});

describe('the reason names the function', () => {
  it.each([
    ['that cannot be followed', { [SPT]: CALLS }, `Cannot follow ${SPT}(): The code has`],
    ['that is not there', {}, `does not name its function ${SPT}`],
  ])('%s', (_name, functions, reason) => {
    expect(() => devicesOf(functions as Readonly<Record<string, string>>)).toThrow(reason);
  });
});
