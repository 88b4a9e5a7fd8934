import type { HypervFeature, PlacedVm } from '../../../shared/placed-vm.ts';
import { isWindows } from '../place/guest-defaults.ts';
import { element, elementWith, type XmlElement } from '../xml.ts';
import type { GateName } from './gates.ts';

/**
 * Machine and firmware. Both features of the firmware are always stated: left out, libvirt takes
 * the first descriptor that fits, which on Debian 12 enforces secure boot with enrolled keys.
 */
export function osPart({ architecture, machine, firmware }: PlacedVm): XmlElement {
  const { kind, isSecure } = firmware;
  const enabled = isSecure === true ? 'yes' : 'no';
  const feature = (name: string) => element('feature', { enabled, name });
  return element('os', { firmware: kind === 'efi' ? 'efi' : undefined }, [
    element('type', { arch: architecture, machine }, ['hvm']),
    kind === 'efi' && isSecure !== undefined
      ? element('firmware', {}, [feature('enrolled-keys'), feature('secure-boot')])
      : undefined,
    kind === 'efi' && isSecure === true ? element('loader', { secure: 'yes' }) : undefined,
  ]);
}

/** What the machine has. */
export function featuresPart(vm: PlacedVm, open: ReadonlySet<GateName>): XmlElement {
  const isX86 = vm.architecture === 'x86_64';
  return element('features', {}, [
    element('acpi'),
    isX86 ? element('apic') : element('gic', { version: '3' }),
    hypervPart(vm.hyperv.filter((name) => name !== 'avic' || open.has('avic'))),
    vm.isHypervisorHidden ? element('kvm', {}, [element('hidden', ON)]) : undefined,
    isX86 ? element('vmport', { state: 'off' }) : undefined,
    vm.firmware.isSecure === true ? element('smm', ON) : undefined,
    // Interrupt remapping of the guest's IOMMU needs the I/O APIC outside of the kernel.
    vm.viommu === 'intel' ? element('ioapic', { driver: 'qemu' }) : undefined,
  ]);
}

const ON = { state: 'on' };

function hypervPart(features: readonly HypervFeature[]): XmlElement | undefined {
  return elementWith('hyperv', features.map(hypervFeature));
}

/** @see libvirt docs/formatdomain.rst, "Hypervisor features": twelve characters at most */
function hypervFeature(name: HypervFeature): XmlElement {
  switch (name) {
    case 'spinlocks':
      return element(name, { ...ON, retries: 8191 });
    case 'stimer':
      return element(name, ON, [element('direct', ON)]);
    case 'vendor_id':
      return element(name, { ...ON, value: 'airlock' });
    default:
      return element(name, ON);
  }
}

/** Windows keeps local time, and reads time from its own hypervisor's interface. */
export function clockPart({ guest, architecture }: PlacedVm): XmlElement {
  if (architecture !== 'x86_64') return element('clock', { offset: 'utc' });
  return element('clock', { offset: isWindows(guest) ? 'localtime' : 'utc' }, [
    element('timer', { name: 'rtc', tickpolicy: 'catchup' }),
    element('timer', { name: 'pit', tickpolicy: 'delay' }),
    element('timer', { name: 'hpet', present: 'no' }),
    isWindows(guest) ? element('timer', { name: 'hypervclock', present: 'yes' }) : undefined,
  ]);
}
