import { describe, expect, it } from 'vitest';
import { matchesDevice, parseAcsRequests } from '../../../main/engine/acs-command-line.ts';
import { parseAcsOverride } from '../../../main/engine/acs-override.ts';
import { makeHost, type FunctionNotation } from '../../support/host-notation.ts';

describe('GR-16: options of the kernel command line that change ACS', () => {
  it('reads devices and flags, flags from the right', () => {
    expect(
      parseAcsRequests(
        'quiet pci=noaer,disable_acs_redir=00:1c.0;pci:8086:1901 pci=config_acs=10x0@00:04.0',
      ),
    ).toEqual([
      {
        option: 'disable_acs_redir',
        clears: 0x2c,
        sets: 0,
        device: '00:1c.0',
        text: 'pci=disable_acs_redir=00:1c.0',
      },
      {
        option: 'disable_acs_redir',
        clears: 0x2c,
        sets: 0,
        device: 'pci:8086:1901',
        text: 'pci=disable_acs_redir=pci:8086:1901',
      },
      {
        option: 'config_acs',
        clears: 0x05,
        sets: 0x08,
        device: '00:04.0',
        text: 'pci=config_acs=10x0@00:04.0',
      },
    ]);
  });

  it.each([
    ['nothing', 'quiet splash'],
    ['an option of another subsystem', 'usbcore.disable_acs_redir=1'],
    ['flags that are none', 'pci=config_acs=12@00:04.0'],
    ['flags without a device', 'pci=config_acs=1101'],
  ])('finds nothing in %s', (_name, commandLine) => {
    expect(parseAcsRequests(commandLine)).toEqual([]);
  });

  const port: FunctionNotation = { at: '00:04.0', ids: [0x8086, 0x1901], subsystem: 0x1043_8694 };
  it.each([
    ['00:04.0', true],
    ['0000:00:04.0', true],
    ['0001:00:04.0', false],
    ['00:04.1', false],
    ['00:01.0/04.0', true],
    ['pci:8086:1901', true],
    ['pci:8086:0', true],
    ['pci:8086:1901:1043:8694', true],
    ['pci:8086:1901:1043:1', false],
    ['nonsense', false],
  ])('%s names 00:04.0 of 8086:1901: %s', (device, matches) => {
    const [fn] = makeHost({ functions: [port] }).functions;
    expect(fn && matchesDevice(device, fn)).toBe(matches);
  });
});

describe('GR-14: the option of the ACS override patch', () => {
  it.each([
    ['pcie_acs_override=downstream', { downstream: true, multifunction: false, ids: [] }],
    [
      'a pcie_acs_override=downstream,multifunction b',
      { downstream: true, multifunction: true, ids: [] },
    ],
    [
      'pcie_acs_override=id:8086:1901,id:10DE:2206',
      { downstream: false, multifunction: false, ids: ['8086:1901', '10de:2206'] },
    ],
    [
      'pcie_acs_override=downstream pcie_acs_override=multifunction',
      { downstream: false, multifunction: true, ids: [] },
    ],
    ['pcie_acs_override=yes', undefined],
    ['quiet', undefined],
  ])('%s', (commandLine, expected) => {
    expect(parseAcsOverride(commandLine)).toEqual(expected);
  });
});
