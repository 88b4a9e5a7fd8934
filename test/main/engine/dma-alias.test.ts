import { describe, expect, it } from 'vitest';
import { shortBdf } from '../../../shared/bdf.ts';
import { makeContext } from '../../../main/engine/context.ts';
import { walkAliases } from '../../../main/engine/dma-alias.ts';
import { bdf, makeHost, type FunctionNotation } from '../../support/host-notation.ts';

/** Names on the way, each with the requester ID under which the DMA goes on. */
function stops(functions: readonly FunctionNotation[], at: string, kernel = '7.1.5'): string[] {
  const context = makeContext(makeHost({ kernel, functions }));
  const node = context.topology.find(bdf(at));
  if (node === undefined) throw new Error(`No function ${at}`);
  return walkAliases(node, context).map(
    ({ node: stop, requesterId }) => `${shortBdf(stop.bdf)} ${requesterId.toString(16)}`,
  );
}

/** A conventional card behind a bridge of that kind, below a conventional bridge. */
function behind(type: 'root-port' | 'conventional', ids: readonly [number, number]) {
  return [
    { at: '00:03.0', type, ids, secondary: 1 },
    { at: '01:00.0', type: 'pcie-to-pci-bridge', below: '00:03.0', secondary: 2 },
    { at: '02:01.0', type: 'conventional', below: '01:00.0' },
  ] as const;
}

describe('GR-1: requester IDs on the way to the root', () => {
  it('a PCIe-to-PCI bridge sends with its secondary bus, device 0', () => {
    expect(stops(behind('root-port', [0x8086, 0x1901]), '02:01.0')).toEqual([
      '02:01.0 208',
      '01:00.0 200',
    ]);
  });

  it('a conventional bridge sends with its own address', () => {
    expect(stops(behind('conventional', [0x1b36, 1]), '02:01.0')).toEqual([
      '02:01.0 208',
      '01:00.0 200',
      '00:03.0 18',
    ]);
  });

  it('the walk ends at a bridge that is a translation root, whatever kind it is', () => {
    expect(stops(behind('conventional', [0x14e4, 0x9084]), '02:01.0')).toEqual([
      '02:01.0 208',
      '01:00.0 200',
    ]);
  });

  it.each([
    ['6.12.0', ['02:01.0 208', '01:00.0 200']],
    ['7.1.5', ['02:01.0 208']],
  ])('the bridge of ASPEED keeps requester IDs since 7.0: %s', (kernel, expected) => {
    const functions: readonly FunctionNotation[] = [
      { at: '00:03.0', type: 'root-port', secondary: 1 },
      {
        at: '01:00.0',
        type: 'pcie-to-pci-bridge',
        ids: [0x1a03, 0x1150],
        below: '00:03.0',
        secondary: 2,
      },
      { at: '02:01.0', type: 'conventional', below: '01:00.0' },
    ];
    expect(stops(functions, '02:01.0', kernel)).toEqual(expected);
  });
});
