import { z } from 'zod';

/**
 * What somebody wishes of a virtual machine. What is left out follows from the guest and the host;
 * `main/vmconfig/place` says how.
 */

export const guestSchema = z.enum(['windows-11', 'windows-10', 'linux', 'other']);
export const firmwareSchema = z.enum(['efi-secure', 'efi', 'bios']);
export const pageSizeSchema = z.enum(['auto', '4K', '2M', '1G']);
export const viommuSchema = z.enum(['none', 'intel', 'smmuv3']);

/** A name or path of the user's: anything but a NUL, which neither XML nor a command line holds. */
const words = z
  .string()
  .min(1)
  .max(1024)
  // The other control characters have no place in XML 1.0.
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$/, 'has a control character')
  .refine((text) => text.isWellFormed(), 'is no well-formed text');
const address = z.string().min(1).max(32);
const mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i, 'is no MAC address');
const count = (most: number) => z.int().min(1).max(most);

export const diskWishSchema = z.object({
  path: words,
  format: z.enum(['qcow2', 'raw']).default('qcow2'),
  device: z.enum(['disk', 'cdrom']).default('disk'),
});

export const networkWishSchema = z.object({
  /** `network` is one of libvirt's, `bridge` one of the host's; `user` needs neither. */
  kind: z.enum(['network', 'bridge', 'user']),
  /** Of the network or bridge. */
  name: words.optional(),
  mac: mac.optional(),
});

export const deviceWishSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pci'),
    bdf: address,
    /** The other functions of its card go along unless this is false. */
    isWholeCard: z.boolean().default(true),
    romFile: words.optional(),
    /** The guest sees no expansion ROM. */
    isRomHidden: z.boolean().optional(),
    bootOrder: count(99).optional(),
  }),
  /** A virtual function of a network card, with what its physical function is told first. */
  z.object({
    kind: z.literal('vf'),
    bdf: address,
    mac: mac.optional(),
    vlan: count(4094).optional(),
  }),
  /** A mediated device by its UUID. */
  z.object({ kind: z.literal('mdev'), uuid: z.uuid(), hasDisplay: z.boolean().default(false) }),
]);

export const displayWishSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gpu') }),
  z.object({
    kind: z.literal('looking-glass'),
    width: count(16384).default(1920),
    height: count(16384).default(1080),
    isHdr: z.boolean().default(false),
    /** Plain shared memory, or the module kvmfr. */
    memory: z.enum(['shm', 'kvmfr']).default('shm'),
  }),
  z.object({ kind: z.literal('spice') }),
  z.object({ kind: z.literal('vnc') }),
]);

export const inputWishSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Paths below `/dev/input`; the keyboard takes and gives back both, with both control keys. */
  z.object({ kind: z.literal('evdev'), keyboard: words, mouse: words.optional() }),
  z.object({ kind: z.literal('usb-controller'), bdf: address }),
]);

export const vmWishSchema = z.object({
  name: words.refine((text) => !text.includes('/'), 'has a slash, which libvirt refuses'),
  guest: guestSchema,
  firmware: firmwareSchema.optional(),
  hasTpm: z.boolean().optional(),
  cpus: count(1024).default(4),
  /** False: leave the processors to the host's scheduler. */
  isPinned: z.boolean().default(true),
  memoryMib: z
    .int()
    .min(256)
    .max(64 * 1024 * 1024)
    .default(8192),
  pages: pageSizeSchema.default('auto'),
  disks: z.array(diskWishSchema).max(16).default([]),
  networks: z.array(networkWishSchema).max(8).default([]),
  devices: z.array(deviceWishSchema).max(64).default([]),
  display: displayWishSchema.default({ kind: 'gpu' }),
  input: inputWishSchema.default({ kind: 'none' }),
  viommu: viommuSchema.default('none'),
  /** Whether libvirt moves the devices to VFIO and back; left out: as they are bound now. */
  isManaged: z.boolean().optional(),
  /** For NVIDIA drivers before R465, which refuse to start in a VM. */
  isHypervisorHidden: z.boolean().default(false),
});

/** As typed or sent: what has a default may be left out. */
export type VmWishInput = z.input<typeof vmWishSchema>;
export type VmWish = z.infer<typeof vmWishSchema>;
export type DeviceWish = z.infer<typeof deviceWishSchema>;
export type Guest = z.infer<typeof guestSchema>;
export type PageSize = z.infer<typeof pageSizeSchema>;
