import type { Bdf } from './bdf.ts';
import type { Fact } from './fact.ts';

/** What a person in front of the host uses: displays, keyboards, mice, sound. */
export interface SeatFacts {
  /** Connectors in `sys/class/drm`. */
  readonly connectors: Fact<readonly DisplayConnector[]>;
  /** DRM cards whose `boot_display` says 1; newer kernels only. */
  readonly bootDisplays: Fact<readonly Bdf[]>;
  /** `proc/iomem`: firmware framebuffers. */
  readonly framebuffers: Fact<FramebufferFacts>;
  /** `proc/bus/input/devices`. */
  readonly inputs: Fact<readonly InputDevice[]>;
  /** `sys/bus/usb/devices` without hubs and interfaces. */
  readonly usbDevices: Fact<readonly UsbDevice[]>;
}

export interface DisplayConnector {
  /** `card1-HDMI-A-1`. */
  readonly name: string;
  readonly path: readonly Bdf[];
  /** `status`: `connected`, `disconnected`, `unknown`. */
  readonly status: Fact<string>;
  /** `enabled`: whether the host shows a picture there. */
  readonly isEnabled: Fact<boolean>;
}

/** Memory that a driver of the firmware's picture has taken. */
export interface FramebufferFacts {
  readonly ranges: readonly FramebufferRange[];
  /** False without root: the kernel then prints zeros for all addresses. */
  readonly hasAddresses: boolean;
}

export interface FramebufferRange {
  /** `BOOTFB`, `efifb`, `simplefb`. */
  readonly holder: string;
  /** The function whose range it lies in, as far as the nesting of the file shows it. */
  readonly within: Bdf | undefined;
  /** Hexadecimal with prefix, the first and the last byte; `0x0` without root. */
  readonly startAddress: string;
  readonly endAddress: string;
}

export interface InputDevice {
  readonly name: string;
  readonly path: readonly Bdf[];
  readonly isKeyboard: boolean;
  readonly isMouse: boolean;
  /** Made by a program or by Bluetooth: its directory does not say what it hangs on. */
  readonly isVirtual: boolean;
}

export interface UsbDevice {
  /** `1-4`: bus and ports. */
  readonly name: string;
  readonly path: readonly Bdf[];
  /** `046d:c52b`. */
  readonly ids: string | undefined;
}
