import { describe, expect, it } from 'vitest';
import { makeContext } from '../../../main/engine/context.ts';
import { ownershipOf, viabilityOf } from '../../../main/engine/viability.ts';
import { bdf, makeHost, type FunctionNotation } from '../../support/host-notation.ts';
import { details } from '../../support/details.ts';

const PORT = '00:01.0';
const CARD = '01:00.0';

function contextOf(kernel: string, portDriver: string | undefined, cardDriver: string | undefined) {
  const functions: FunctionNotation[] = [
    { at: PORT, type: 'root-port', secondary: 1, details: details({ driver: portDriver }) },
    { at: CARD, below: PORT, details: details({ driver: cardDriver }) },
  ];
  return makeContext(makeHost({ kernel, functions }));
}

const MEMBERS = [bdf(PORT), bdf(CARD)];

describe('VG-1 and VG-2: whether VFIO would accept a group', () => {
  it.each([
    ['5.18.0', 'described', undefined, 'vfio-pci', true],
    ['5.18.0', 'described', 'shpchp', 'vfio-pci', true],
    ['5.18.0', 'described', 'pcieport', 'nvme', false],
    ['5.19.0', 'enforced', 'pcieport', 'vfio-pci', true],
    ['5.19.0', 'enforced', 'shpchp', 'vfio-pci', false],
    ['6.12.107', 'enforced', 'pcieport', undefined, true],
    ['6.12.107', 'enforced', 'pcieport', 'pci-stub', true],
    ['6.12.107', 'enforced', 'pcieport', 'nvme', false],
    ['6.12.107', 'enforced', 'pcieport', 'mlx5_vfio_pci', true],
    ['7.2.13', 'enforced', 'pcieport', 'xe-vfio-pci', true],
  ])('on %s (%s) with a port on %s and a card on %s: %s', (kernel, model, port, card, isViable) => {
    const viability = viabilityOf(MEMBERS, contextOf(kernel, port, card));
    expect([viability.model, viability.isViable]).toEqual([model, isViable]);
  });

  it('cannot be said while the driver of a member is not known', () => {
    const context = makeContext(makeHost({ functions: [{ at: CARD }] }));
    expect(viabilityOf([bdf(CARD)], context).isViable).toBeUndefined();
  });

  it('is not lost in doubt where another member blocks for sure', () => {
    const context = contextOf('6.12.0', 'pcieport', 'nvme');
    expect(viabilityOf([...MEMBERS, 'platform:AMDI0020:00'], context).isViable).toBe(false);
  });
});

describe('ownership tells who has the group', () => {
  it.each([
    ['nvme', 'host'],
    ['vfio-pci', 'claimed'],
    [undefined, 'unbound'],
  ] as const)('a card on %s: %s', (driver, ownership) => {
    expect(ownershipOf(MEMBERS, contextOf('6.12.0', 'pcieport', driver))).toBe(ownership);
  });
});
