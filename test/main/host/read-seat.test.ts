import { describe, expect, it } from 'vitest';
import { parseInputs } from '../../../main/host/parse-inputs.ts';
import { parseIomem } from '../../../main/host/parse-iomem.ts';
import { unreadable } from '../../../shared/fact.ts';
import { readTree } from '../../support/read-tree.ts';
import { INPUTS, SEAT_TREE } from '../../support/seat-tree.ts';

describe('input devices', () => {
  it('are keyboards and mice by their bits, and hang on what their path says', () => {
    const path = ['0000:00:14.0'];
    const none = { isKeyboard: false, isMouse: false, isVirtual: false };
    expect(parseInputs(INPUTS)).toEqual([
      { ...none, name: 'Logitech USB Keyboard', path, isKeyboard: true },
      { ...none, name: 'Logitech USB Optical Mouse', path, isMouse: true },
      { ...none, name: 'Power Button', path: [] },
      { ...none, name: 'made by a program', path: [], isKeyboard: true, isVirtual: true },
    ]);
  });

  it.each([[''], ['N: Name="half'], ['\n\n\n']])('may be missing or cut off: %j', (text) => {
    expect(parseInputs(text)).toEqual([]);
  });
});

describe('firmware framebuffers in proc/iomem', () => {
  it('lie in the function that they are nested in', () => {
    const text =
      'c0000000-dfffffff : PCI Bus 0000:00\n' +
      '  c0000000-d1ffffff : PCI Bus 0000:01\n' +
      '    c0000000-cfffffff : 0000:01:00.0\n' +
      '      c0000000-c07e8fff : BOOTFB\n' +
      '    d0000000-d1ffffff : 0000:01:00.1\n' +
      'e0000000-e0000fff : simplefb\n';
    expect(parseIomem(text)).toEqual({
      hasAddresses: true,
      ranges: [
        {
          holder: 'BOOTFB',
          within: '0000:01:00.0',
          startAddress: '0xc0000000',
          endAddress: '0xc07e8fff',
        },
        {
          holder: 'simplefb',
          within: undefined,
          startAddress: '0xe0000000',
          endAddress: '0xe0000fff',
        },
      ],
    });
  });

  it('have no addresses without root, but keep their place', () => {
    const text = '00000000-00000000 : 0000:01:00.0\n  00000000-00000000 : efifb\n';
    expect(parseIomem(text)).toEqual({
      hasAddresses: false,
      ranges: [{ holder: 'efifb', within: '0000:01:00.0', startAddress: '0x0', endAddress: '0x0' }],
    });
  });
});

describe('the seat of a host', () => {
  it('is read with displays, inputs and USB devices', async () => {
    const { machine } = await readTree(SEAT_TREE);
    const path = ['0000:00:02.0'];
    expect(machine?.seat).toMatchObject({
      connectors: [
        { name: 'card0-DP-1', path, status: 'connected', isEnabled: true },
        { name: 'card0-DP-2', path, status: 'disconnected', isEnabled: false },
      ],
      bootDisplays: path,
      framebuffers: { ranges: [], hasAddresses: true },
      usbDevices: [{ name: '1-1.2', path: ['0000:00:14.0'], ids: '046d:c31c' }],
    });
    expect(machine?.seat.inputs).toHaveLength(4);
  });

  it('is unknown where nothing was recorded', async () => {
    const { machine } = await readTree({ functions: [{ bdf: '0000:00:02.0' }] });
    const missing = unreadable('NOT_RECORDED');
    expect(machine?.seat).toEqual({
      connectors: missing,
      bootDisplays: missing,
      framebuffers: missing,
      inputs: missing,
      usbDevices: missing,
    });
  });
});
