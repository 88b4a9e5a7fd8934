import fc from 'fast-check';
import type { VmWishInput } from '../../shared/vm.ts';

/** What people and attackers put into names: markup, separators, quotes, line ends. */
const NASTY = [
  ...['&', '<', '>', '"', "'", ',', '=', '\n', '\t', ']]>', '<!--', '&amp;', '&#10;', '$(id)'],
  ...['`id`', '\\', ' ', ';', '%s', 'ü', '😀', '--', "'\\''", '{', '}', '[', 'a', 'b', '0'],
];

/** A name or path of such parts. */
export const nastyText = fc
  .array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));

const path = nastyText.map((text) => `/${text}`);

const device = fc.oneof(
  fc.record({
    kind: fc.constant('pci' as const),
    bdf: fc.constantFrom(
      '01:00.0',
      '01:00.1',
      '01:00.3',
      '02:00.0',
      '03:00.0',
      '04:00.0',
      '04:01.0',
    ),
    isWholeCard: fc.boolean(),
    romFile: fc.option(path, { nil: undefined }),
    isRomHidden: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('vf' as const),
    bdf: fc.constant('04:01.0'),
    mac: fc.option(fc.constant('52:54:00:0A:0b:0c'), { nil: undefined }),
    vlan: fc.option(fc.integer({ min: 1, max: 4094 }), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('mdev' as const),
    uuid: fc.uuid({ version: 4 }),
    hasDisplay: fc.boolean(),
  }),
);

/** Any wish for the host of `vmHost`, names as bad as they come. */
export const anyWish: fc.Arbitrary<Partial<VmWishInput>> = fc.record({
  name: nastyText.map((text) => text.replaceAll('/', '_')),
  guest: fc.constantFrom('windows-11', 'windows-10', 'linux', 'other'),
  firmware: fc.constantFrom(undefined, 'efi-secure', 'efi', 'bios'),
  hasTpm: fc.constantFrom(undefined, true, false),
  cpus: fc.integer({ min: 1, max: 20 }),
  isPinned: fc.boolean(),
  memoryMib: fc.integer({ min: 256, max: 65_536 }),
  pages: fc.constantFrom('auto', '4K', '2M', '1G'),
  disks: fc.array(
    fc.record({
      path,
      format: fc.constantFrom('qcow2', 'raw'),
      device: fc.constantFrom('disk', 'cdrom'),
    }),
    { maxLength: 4 },
  ),
  networks: fc.array(
    fc.record({
      kind: fc.constantFrom('network', 'bridge', 'user'),
      name: fc.option(nastyText, { nil: undefined }),
      mac: fc.option(fc.constant('52:54:00:01:02:03'), { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
  devices: fc.array(device, { maxLength: 6 }),
  display: fc.oneof(
    fc.constantFrom({ kind: 'gpu' }, { kind: 'spice' }, { kind: 'vnc' }),
    fc.record({
      kind: fc.constant('looking-glass' as const),
      width: fc.integer({ min: 1, max: 16_384 }),
      height: fc.integer({ min: 1, max: 16_384 }),
      memory: fc.constantFrom('shm', 'kvmfr'),
    }),
  ),
  input: fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.record({
      kind: fc.constant('evdev' as const),
      keyboard: path,
      mouse: fc.option(path, { nil: undefined }),
    }),
    fc.constant({ kind: 'usb-controller' as const, bdf: '03:00.0' }),
  ),
  viommu: fc.constantFrom('none', 'intel'),
  isManaged: fc.constantFrom(undefined, true, false),
  isHypervisorHidden: fc.boolean(),
});
