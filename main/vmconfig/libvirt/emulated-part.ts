import type { PlacedDisk, PlacedNetwork, PlacedVm } from '../../../shared/placed-vm.ts';
import { isWindows } from '../place/guest-defaults.ts';
import { element, type XmlElement } from '../xml.ts';
import { guestAddress } from './address.ts';
import { bootPart } from './host-devices-part.ts';

export function diskPart(disk: PlacedDisk): XmlElement {
  const { path, format, device, bus, unit, ioThread, bootOrder, at } = disk;
  const isBlock = path.startsWith('/dev/');
  const isDisk = device === 'disk';
  return element('disk', { type: isBlock ? 'block' : 'file', device }, [
    element('driver', {
      name: 'qemu',
      type: isDisk ? format : 'raw',
      cache: isDisk ? 'none' : undefined,
      io: isDisk ? 'native' : undefined,
      discard: isDisk ? 'unmap' : undefined,
      iothread: ioThread,
    }),
    element('source', isBlock ? { dev: path } : { file: path }),
    element('target', { dev: `${bus === 'virtio' ? 'vd' : 'sd'}${letters(unit)}`, bus }),
    isDisk ? undefined : element('readonly'),
    bootPart(bootOrder),
    guestAddress(at),
  ]);
}

/** `a` to `z`; a wish has sixteen disks at most. */
function letters(unit: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + unit);
}

export function networkPart({ kind, name, mac, model, at }: PlacedNetwork): XmlElement {
  return element('interface', { type: kind }, [
    mac === undefined ? undefined : element('mac', { address: mac }),
    kind === 'user' ? undefined : element('source', { [kind]: name ?? defaultName(kind) }),
    element('model', { type: model }),
    guestAddress(at),
  ]);
}

/** What libvirt calls the network that it comes with, and Debian and others a first bridge. */
function defaultName(kind: 'network' | 'bridge'): string {
  return kind === 'network' ? 'default' : 'br0';
}

export function tpmPart({ tpm }: PlacedVm): XmlElement | undefined {
  return tpm === undefined
    ? undefined
    : element('tpm', { model: tpm }, [element('backend', { type: 'emulator', version: '2.0' })]);
}

/** The picture, and what types and points in it. */
export function seatPart({ display, evdev, guest }: PlacedVm): readonly XmlElement[] {
  const isEmulated = display === 'spice' || display === 'vnc';
  const graphics = display === 'looking-glass' ? 'spice' : display;
  const model = !isEmulated ? 'none' : isWindows(guest) ? 'vga' : 'virtio';
  return [
    ...evdev.map(({ path, kind }) =>
      element('input', { type: 'evdev' }, [
        element(
          'source',
          kind === 'keyboard'
            ? { dev: path, grab: 'all', grabToggle: 'ctrl-ctrl', repeat: 'on' }
            : { dev: path },
        ),
      ]),
    ),
    ...(isEmulated ? [element('input', { type: 'tablet', bus: 'usb' })] : []),
    ...(graphics === 'gpu'
      ? []
      : [
          element('graphics', { type: graphics, autoport: 'yes' }, [
            element('listen', { type: 'address', address: '127.0.0.1' }),
          ]),
        ]),
    element('video', {}, [element('model', { type: model })]),
  ];
}

/** Without the module kvmfr the memory is a file below `/dev/shm`. */
export function sharedMemoryPart({ sharedMemory }: PlacedVm): XmlElement | undefined {
  if (sharedMemory?.backing !== 'shm') return undefined;
  return element('shmem', { name: sharedMemory.name }, [
    element('model', { type: 'ivshmem-plain' }),
    element('size', { unit: 'M' }, [String(sharedMemory.sizeMib)]),
  ]);
}

/** VFIO behind the guest's IOMMU sees its mappings only with `caching_mode`. */
export function viommuPart({ viommu, cpu }: PlacedVm): XmlElement | undefined {
  if (viommu === undefined) return undefined;
  if (viommu === 'smmuv3') return element('iommu', { model: viommu });
  return element('iommu', { model: viommu }, [
    element('driver', { intremap: 'on', caching_mode: 'on', aw_bits: cpu.addressBitsLimit }),
  ]);
}
