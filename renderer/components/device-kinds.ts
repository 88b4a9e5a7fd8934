import {
  IconCpu,
  IconDeviceDesktop,
  IconDeviceFloppy,
  IconBolt,
  IconDots,
  IconGitFork,
  IconNetwork,
  IconPlugConnected,
  IconServerBolt,
  IconUsb,
  IconVolume,
  IconWifi,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { DeviceKind } from '../../shared/view.ts';

interface KindLook {
  readonly word: string;
  readonly plural: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: true }>;
  /** Whether people pass such devices to VMs; the overview shows those. Lower comes first. */
  readonly passOrder: number | undefined;
}

/** The one table of device kinds of the window. */
export const DEVICE_KINDS: Readonly<Record<DeviceKind, KindLook>> = {
  gpu: { word: 'Graphics', plural: 'Graphics', icon: IconDeviceDesktop, passOrder: 0 },
  accelerator: { word: 'Accelerator', plural: 'Accelerators', icon: IconBolt, passOrder: 1 },
  nvme: { word: 'NVMe drive', plural: 'NVMe drives', icon: IconDeviceFloppy, passOrder: 2 },
  usb: { word: 'USB controller', plural: 'USB controllers', icon: IconUsb, passOrder: 3 },
  network: { word: 'Network', plural: 'Network cards', icon: IconNetwork, passOrder: 4 },
  storage: {
    word: 'Storage controller',
    plural: 'Storage controllers',
    icon: IconServerBolt,
    passOrder: 5,
  },
  wireless: { word: 'Wireless', plural: 'Wireless cards', icon: IconWifi, passOrder: 6 },
  audio: { word: 'Audio', plural: 'Audio', icon: IconVolume, passOrder: undefined },
  port: { word: 'PCIe port', plural: 'PCIe ports', icon: IconPlugConnected, passOrder: undefined },
  bridge: { word: 'Bridge', plural: 'Bridges', icon: IconGitFork, passOrder: undefined },
  system: { word: 'System', plural: 'System devices', icon: IconCpu, passOrder: undefined },
  other: { word: 'Other', plural: 'Other devices', icon: IconDots, passOrder: undefined },
};

export const KIND_WORDS = Object.keys(DEVICE_KINDS) as readonly DeviceKind[];
