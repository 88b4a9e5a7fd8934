import { describe, expect, it } from 'vitest';
import { parseInputs } from '../../../main/host/parse-inputs.ts';
import { parseIomem } from '../../../main/host/parse-iomem.ts';
import { unreadable } from '../../../shared/fact.ts';
import { readTree } from '../../support/read-tree.ts';

const GPU = 'sys/devices/pci0000:00/0000:00:02.0';
const XHCI = 'sys/devices/pci0000:00/0000:00:14.0';

const INPUTS = `I: Bus=0003 Vendor=046d Product=c31c Version=0110
N: Name="Logitech USB Keyboard"
P: Phys=usb-0000:00:14.0-4/input0
S: Sysfs=/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/0003:046D:C31C.0001/input/input5
U: Uniq=
H: Handlers=sysrq kbd event5 leds 
B: EV=120013
B: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe

I: Bus=0003 Vendor=046d Product=c077 Version=0111
N: Name="Logitech USB Optical Mouse"
S: Sysfs=/devices/pci0000:00/0000:00:14.0/usb1/1-5/1-5:1.0/0003:046D:C077.0002/input/input6
H: Handlers=mouse0 event6 
B: EV=17
B: KEY=70000 0 0 0 0
B: REL=903

I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
S: Sysfs=/devices/LNXSYSTM:00/LNXPWRBN:00/input/input0
H: Handlers=kbd event0 
B: KEY=10000000000000 0

I: Bus=0006 Vendor=0001 Product=0001 Version=0001
N: Name="made by a program"
S: Sysfs=/devices/virtual/input/input9
B: KEY=fffffffe
`;

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
    const { machine } = await readTree({
      functions: [{ bdf: '0000:00:02.0' }, { bdf: '0000:00:14.0' }],
      files: {
        [`${GPU}/drm/card0/boot_display`]: '1\n',
        [`${GPU}/drm/card0/card0-DP-1/status`]: 'connected\n',
        [`${GPU}/drm/card0/card0-DP-1/enabled`]: 'enabled\n',
        [`${GPU}/drm/card0/card0-DP-2/status`]: 'disconnected\n',
        [`${GPU}/drm/card0/card0-DP-2/enabled`]: 'disabled\n',
        [`${XHCI}/usb1/bDeviceClass`]: '09\n',
        [`${XHCI}/usb1/1-1/bDeviceClass`]: '09\n',
        [`${XHCI}/usb1/1-1/1-1.2/bDeviceClass`]: '00\n',
        [`${XHCI}/usb1/1-1/1-1.2/idVendor`]: '046d\n',
        [`${XHCI}/usb1/1-1/1-1.2/idProduct`]: 'c31c\n',
        'proc/bus/input/devices': INPUTS,
        'proc/iomem': '00000000-00000fff : Reserved\n',
      },
      links: {
        'sys/class/drm/card0': `../../../${GPU}/drm/card0`,
        'sys/class/drm/card0-DP-1': `../../../${GPU}/drm/card0/card0-DP-1`,
        'sys/class/drm/card0-DP-2': `../../../${GPU}/drm/card0/card0-DP-2`,
        'sys/bus/usb/devices/usb1': `../../../../${XHCI}/usb1`,
        'sys/bus/usb/devices/1-1': `../../../../${XHCI}/usb1/1-1`,
        'sys/bus/usb/devices/1-1.2': `../../../../${XHCI}/usb1/1-1/1-1.2`,
        'sys/bus/usb/devices/1-1.2:1.0': `../../../../${XHCI}/usb1/1-1/1-1.2/1-1.2:1.0`,
      },
    });
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
