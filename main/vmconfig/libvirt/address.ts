import { bdfParts, type Bdf } from '../../../shared/bdf.ts';
import type { GuestAddress } from '../../../shared/placed-vm.ts';
import { element, type XmlElement } from '../xml.ts';

/** Where a device is in the guest; nothing where libvirt may choose. */
export function guestAddress(
  at: GuestAddress | undefined,
  isMultifunction = false,
): XmlElement | undefined {
  return at === undefined
    ? undefined
    : element('address', {
        type: 'pci',
        domain: '0x0000',
        bus: hex(at.bus, 2),
        slot: hex(at.slot, 2),
        function: hex(at.function, 1),
        multifunction: isMultifunction ? 'on' : undefined,
      });
}

/** Which function of the host; domains of more than 16 bits (VMD) are written as they are. */
export function hostAddress(bdf: Bdf, type?: 'pci'): XmlElement {
  const { domain, bus, deviceNumber, functionNumber } = bdfParts(bdf);
  return element('address', {
    type,
    domain: hex(domain, 4),
    bus: hex(bus, 2),
    slot: hex(deviceNumber, 2),
    function: hex(functionNumber, 1),
  });
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
