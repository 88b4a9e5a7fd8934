import type { TreeOptions } from './build-tree.ts';

const GPU = 'sys/devices/pci0000:00/0000:00:02.0';
const XHCI = 'sys/devices/pci0000:00/0000:00:14.0';

/** A keyboard, a mouse, a power button, and a keyboard that a program made. */
export const INPUTS = `I: Bus=0003 Vendor=046d Product=c31c Version=0110
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

/** A GPU with a screen in use, and a USB controller with a keyboard behind a hub. */
export const SEAT_TREE: TreeOptions = {
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
};
