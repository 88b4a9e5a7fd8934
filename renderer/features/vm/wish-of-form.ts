import type { ArgsOf } from '../../../shared/contract.ts';
import type { VmWishInput } from '../../../shared/vm.ts';
import { nameOfForm, usualPath } from './vm-form.ts';
import type { FormDevice, VmForm } from './vm-form.ts';

type DeviceInput = NonNullable<VmWishInput['devices']>[number];
type VmArgs = ArgsOf<'host:vm'>;

/** A form without problems as the wish that the backend takes. */
export function wishOfForm(form: VmForm): VmWishInput {
  const { guest, firmware, tpm, managed, pages, viommu, isPinned, isHypervisorHidden } = form;
  return {
    name: nameOfForm(form),
    guest,
    ...(firmware !== 'auto' && { firmware }),
    ...(tpm !== 'auto' && { hasTpm: tpm === 'yes' }),
    cpus: Number(form.cpus),
    isPinned,
    memoryMib: Number(form.memoryGib) * 1024,
    pages,
    disks: form.disks.map((disk) => ({
      ...disk,
      path: disk.path === '' ? usualPath(form, disk) : disk.path,
      format: disk.device === 'cdrom' ? 'raw' : disk.format,
    })),
    networks: form.networks.map(({ kind, name, mac }) => ({
      kind,
      ...(kind !== 'user' && name !== '' && { name }),
      ...(mac !== '' && { mac }),
    })),
    devices: form.devices.map(deviceWish),
    display: displayWish(form),
    input: inputWish(form),
    viommu,
    ...(managed !== 'auto' && { isManaged: managed === 'yes' }),
    isHypervisorHidden,
  };
}

function deviceWish(device: FormDevice): DeviceInput {
  const { bdf, isVf, isWholeCard, romFile, isRomHidden, bootOrder, mac, vlan } = device;
  if (isVf) {
    return {
      kind: 'vf',
      bdf,
      ...(mac !== '' && { mac }),
      ...(vlan !== '' && { vlan: Number(vlan) }),
    };
  }
  return {
    kind: 'pci',
    bdf,
    isWholeCard,
    ...(romFile !== '' && !isRomHidden && { romFile }),
    ...(isRomHidden && { isRomHidden }),
    ...(bootOrder !== '' && { bootOrder: Number(bootOrder) }),
  };
}

function displayWish(form: VmForm): NonNullable<VmWishInput['display']> {
  const { display, screenWidth, screenHeight, isHdr, hasKvmfr } = form;
  if (display !== 'looking-glass') return { kind: display };
  return {
    kind: display,
    width: Number(screenWidth),
    height: Number(screenHeight),
    isHdr,
    memory: hasKvmfr ? 'kvmfr' : 'shm',
  };
}

function inputWish({ input, keyboard, mouse }: VmForm): NonNullable<VmWishInput['input']> {
  if (input === 'none') return { kind: 'none' };
  return { kind: 'evdev', keyboard, ...(mouse !== '' && { mouse }) };
}

/** How the configuration is written. */
export function optionsOfForm(form: VmForm): VmArgs['options'] {
  const { isFragment, hasIommufd, libvirtVersion, qemuVersion } = form;
  return {
    scope: isFragment ? 'fragment' : 'whole',
    vfio: hasIommufd ? 'iommufd' : 'group',
    ...(libvirtVersion !== '' && { libvirtVersion }),
    ...(qemuVersion !== '' && { qemuVersion }),
  };
}
