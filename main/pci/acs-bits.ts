/**
 * Bits of the ACS capability and control registers.
 *
 * @see PCI Express Base Specification, "ACS Extended Capability"
 */
export const ACS_BITS = {
  SV: 0x01,
  TB: 0x02,
  RR: 0x04,
  CR: 0x08,
  UF: 0x10,
  EC: 0x20,
  DT: 0x40,
} as const;

export type AcsBit = keyof typeof ACS_BITS;

/**
 * The set that the kernel asks for when it groups: SV, RR, CR, UF.
 *
 * @see Linux drivers/iommu/iommu.c, `REQ_ACS_FLAGS`
 */
export const REQUIRED_ACS = ACS_BITS.SV | ACS_BITS.RR | ACS_BITS.CR | ACS_BITS.UF;

const NAMES: Readonly<Record<AcsBit, string>> = {
  SV: 'source validation',
  TB: 'translation blocking',
  RR: 'request redirect',
  CR: 'completion redirect',
  UF: 'upstream forwarding',
  EC: 'egress control',
  DT: 'direct translated',
};

/** Names of the set bits in the order of the register: `source validation, request redirect`. */
export function acsBitNames(bits: number): string {
  return (Object.keys(ACS_BITS) as AcsBit[])
    .filter((bit) => (bits & ACS_BITS[bit]) !== 0)
    .map((bit) => NAMES[bit])
    .join(', ');
}
