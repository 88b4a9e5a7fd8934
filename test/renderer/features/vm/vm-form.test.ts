import { describe, expect, it } from 'vitest';
import { findFormProblems } from '../../../../renderer/features/vm/form-problems.ts';
import {
  NEW_DEVICE,
  NEW_DISK,
  NEW_FORM,
  NEW_NETWORK,
  type VmForm,
} from '../../../../renderer/features/vm/vm-form.ts';
import { readVms, writeVms } from '../../../../renderer/features/vm/vm-storage.ts';
import { optionsOfForm, wishOfForm } from '../../../../renderer/features/vm/wish-of-form.ts';
import { vmOptionsSchema } from '../../../../shared/vm-report.ts';
import { vmWishSchema } from '../../../../shared/vm.ts';

const form = (change: Partial<VmForm>): VmForm => ({ ...NEW_FORM, ...change });

/** Everything that a form can say. */
const FULL = form({
  name: 'studio',
  guest: 'linux',
  cpus: '12',
  memoryGib: '24.5',
  devices: [
    { ...NEW_DEVICE, bdf: '0000:01:00.0', romFile: '/rom', bootOrder: '2' },
    { ...NEW_DEVICE, bdf: '0000:02:00.0', isWholeCard: false, isRomHidden: true, romFile: '/no' },
    { ...NEW_DEVICE, bdf: '0000:03:10.0', isVf: true, mac: '52:54:00:00:00:01', vlan: '42' },
  ],
  disks: [NEW_DISK, { path: '/cd.iso', format: 'qcow2', device: 'cdrom' }],
  networks: [
    { ...NEW_NETWORK, kind: 'bridge', name: 'br7' },
    { ...NEW_NETWORK, kind: 'user', name: 'left over' },
  ],
  display: 'looking-glass',
  screenWidth: '2560',
  screenHeight: '1440',
  hasKvmfr: true,
  input: 'evdev',
  keyboard: '/dev/input/by-id/kbd',
  firmware: 'efi',
  tpm: 'yes',
  isPinned: false,
  pages: '2M',
  viommu: 'intel',
  managed: 'no',
  isHypervisorHidden: true,
  hasIommufd: true,
  libvirtVersion: '10.0.0',
});

describe('a form becomes the wish that the backend takes', () => {
  it('with the defaults of the guest left to the backend', () => {
    expect(wishOfForm(NEW_FORM)).toEqual({
      name: 'win11',
      guest: 'windows-11',
      cpus: 8,
      isPinned: true,
      memoryMib: 16384,
      pages: 'auto',
      disks: [{ path: '/var/lib/libvirt/images/win11.qcow2', format: 'qcow2', device: 'disk' }],
      networks: [{ kind: 'network' }],
      devices: [],
      display: { kind: 'gpu' },
      input: { kind: 'none' },
      viommu: 'none',
      isHypervisorHidden: false,
    });
  });

  it('with all that was said, and nothing that does not count', () => {
    expect(wishOfForm(FULL)).toEqual({
      name: 'studio',
      guest: 'linux',
      firmware: 'efi',
      hasTpm: true,
      cpus: 12,
      isPinned: false,
      memoryMib: 25088,
      pages: '2M',
      disks: [
        { path: '/var/lib/libvirt/images/studio.qcow2', format: 'qcow2', device: 'disk' },
        { path: '/cd.iso', format: 'raw', device: 'cdrom' },
      ],
      networks: [{ kind: 'bridge', name: 'br7' }, { kind: 'user' }],
      devices: [
        { kind: 'pci', bdf: '0000:01:00.0', isWholeCard: true, romFile: '/rom', bootOrder: 2 },
        { kind: 'pci', bdf: '0000:02:00.0', isWholeCard: false, isRomHidden: true },
        { kind: 'vf', bdf: '0000:03:10.0', mac: '52:54:00:00:00:01', vlan: 42 },
      ],
      display: { kind: 'looking-glass', width: 2560, height: 1440, isHdr: false, memory: 'kvmfr' },
      input: { kind: 'evdev', keyboard: '/dev/input/by-id/kbd' },
      viommu: 'intel',
      isManaged: false,
      isHypervisorHidden: true,
    });
    expect(optionsOfForm(FULL)).toEqual({
      scope: 'whole',
      vfio: 'iommufd',
      libvirtVersion: '10.0.0',
    });
  });

  it.each([
    ['new', NEW_FORM],
    ['full', FULL],
  ])('that its schema accepts: %s', (_name, one) => {
    expect(findFormProblems(one)).toEqual({});
    expect(vmWishSchema.safeParse(wishOfForm(one)).error).toBeUndefined();
    expect(vmOptionsSchema.safeParse(optionsOfForm(one)).error).toBeUndefined();
  });
});

describe('a wrong field is named, and the backend would refuse it too', () => {
  it.each<[string, Partial<VmForm>, string]>([
    ['a slash in the name', { name: 'a/b' }, 'name'],
    ['a control character', { name: 'a\u0007' }, 'name'],
    ['no processors', { cpus: '0' }, 'cpus'],
    ['processors in words', { cpus: 'many' }, 'cpus'],
    ['part of a page', { memoryGib: '1.3' }, 'memoryGib'],
    ['no memory', { memoryGib: '0' }, 'memoryGib'],
    ['too short an address', { networks: [{ ...NEW_NETWORK, mac: '52:54' }] }, 'networks.0.mac'],
    [
      'a VLAN beyond all',
      { devices: [{ ...NEW_DEVICE, bdf: 'x', isVf: true, vlan: '4095' }] },
      'devices.0.vlan',
    ],
    ['no width', { display: 'looking-glass', screenWidth: '' }, 'screenWidth'],
    ['evdev without keyboard', { input: 'evdev' }, 'keyboard'],
  ])('%s', (_name, change, field) => {
    expect(Object.keys(findFormProblems(form(change)))).toEqual([field]);
    expect(vmWishSchema.safeParse(wishOfForm(form(change))).success).toBe(false);
  });

  it.each([
    ['a version in words', { libvirtVersion: 'new' }, 'libvirtVersion'],
    ['a path from nowhere', { disks: [{ ...NEW_DISK, path: 'x.img' }] }, 'disks.0.path'],
  ])('%s', (_name, change, field) => {
    expect(Object.keys(findFormProblems(form(change)))).toEqual([field]);
  });
});

describe('forms outlive the window', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  } as unknown as Storage;

  it('as they were', () => {
    const drafts = { 'sample a': { form: FULL, target: 'nova' as const } };
    writeVms(storage, drafts);
    expect(readVms(storage)).toEqual({ drafts, views: {} });
  });

  it.each([
    ['nothing', '{"sample a":{}}'],
    ['another age', '{"sample a":{"target":"vmware","form":{"cpus":9,"guest":"beos","disks":7}}}'],
  ])('and what is %s takes its defaults', (_name, text) => {
    kept.set('airlock.vms', text);
    expect(readVms(storage).drafts['sample a']).toEqual({ form: NEW_FORM, target: 'libvirt' });
  });
});
