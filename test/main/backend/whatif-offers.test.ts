import { describe, expect, it } from 'vitest';
import { whatifOffers } from '../../../main/backend/whatif-offers.ts';
import { makeContext } from '../../../main/engine/context.ts';
import type { Bdf } from '../../../shared/bdf.ts';
import type { Host } from '../../../shared/host.ts';
import { makeHost } from '../../support/host-notation.ts';

const HOST = makeHost({
  functions: [
    { at: '00:01.0', type: 'root-port', secondary: 1 },
    { at: '00:02.0', type: 'root-port', secondary: 2 },
    { at: '00:03.0', type: 'upstream-port', secondary: 3 },
    { at: '01:00.0', below: '00:01.0' },
  ],
});

function offers(host: Host, bdf: string) {
  const { topology } = makeContext(host);
  const node = topology.find(bdf as Bdf);
  if (node === undefined) throw new Error(`No ${bdf}`);
  return whatifOffers(node, topology, host);
}

describe('a free slot', () => {
  it('is below a port that leads to a link with nothing on it', () => {
    expect(offers(HOST, '0000:00:02.0')).toEqual({ freeSlot: {} });
    expect(offers(HOST, '0000:00:01.0')).toEqual({});
    expect(offers(HOST, '0000:00:03.0')).toEqual({});
    expect(offers(HOST, '0000:01:00.0')).toEqual({});
  });

  it('has the label of the physical slot on the bus below the port', () => {
    const physicalSlots = [
      { name: '3', bdf: '0000:01:00.0' },
      { name: '5-1', bdf: '0000:02:00.0' },
    ];
    const machine = { physicalSlots } as unknown as Host['machine'];
    const host = { ...HOST, machine } as Host;
    expect(offers(host, '0000:00:02.0')).toEqual({ freeSlot: { label: '5-1' } });
  });
});
