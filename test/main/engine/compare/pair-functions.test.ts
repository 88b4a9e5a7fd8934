import { describe, expect, it } from 'vitest';
import { pairFunctions } from '../../../../main/engine/compare/pair-functions.ts';
import { shortBdf } from '../../../../shared/bdf.ts';
import { unreadable } from '../../../../shared/fact.ts';
import type { PciFunction } from '../../../../shared/host.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';

const PORT_A: FunctionNotation = { at: '00:01.0', type: 'root-port', secondary: 1 };
const PORT_B: FunctionNotation = { at: '00:02.0', type: 'root-port', secondary: 2 };
const GPU = [0x10de, 0x2206] as const;
const DISK = [0x144d, 0xa808] as const;

function pair(before: readonly FunctionNotation[], after: readonly FunctionNotation[]) {
  const [one, other] = [before, after].map((functions) => makeHost({ functions }).functions);
  const { pairs, added, removed } = pairFunctions(one ?? [], other ?? []);
  const names = (functions: readonly PciFunction[]) => functions.map(({ bdf }) => shortBdf(bdf));
  return {
    pairs: pairs
      .filter(({ kind }) => kind !== 'stayed')
      .map(
        ({ kind, before: was, after: is }) => `${kind} ${shortBdf(was.bdf)} ${shortBdf(is.bdf)}`,
      ),
    added: names(added),
    removed: names(removed),
  };
}

describe('pairFunctions', () => {
  it('finds every function of the same host at its address', () => {
    const functions = [PORT_A, { at: '01:00.0', below: '00:01.0', ids: GPU }];
    expect(pair(functions, functions)).toEqual({ pairs: [], added: [], removed: [] });
  });

  it('takes a card below the same port for the same one where the bus has another number', () => {
    const before = [PORT_A, PORT_B, { at: '02:00.0', below: '00:02.0', ids: DISK }];
    const after = [
      { ...PORT_A, secondary: 2 },
      { ...PORT_B, secondary: 3 },
      { at: '03:00.0', below: '00:02.0', ids: DISK },
      { at: '02:00.0', below: '00:01.0', ids: DISK },
    ];
    expect(pair(before, after)).toEqual({
      pairs: ['renumbered 02:00.0 03:00.0'],
      added: ['02:00.0'],
      removed: [],
    });
  });

  it('finds a card by its ids below another port', () => {
    const before = [PORT_A, PORT_B, { at: '01:00.0', below: '00:01.0', ids: GPU }];
    const after = [PORT_A, PORT_B, { at: '02:00.0', below: '00:02.0', ids: GPU }];
    expect(pair(before, after).pairs).toEqual(['moved 01:00.0 02:00.0']);
  });

  it('says that two cards changed their slots', () => {
    const at = (a: readonly [number, number], b: readonly [number, number]) => [
      PORT_A,
      PORT_B,
      { at: '01:00.0', below: '00:01.0', ids: a },
      { at: '02:00.0', below: '00:02.0', ids: b },
    ];
    expect(pair(at(GPU, DISK), at(DISK, GPU)).pairs).toEqual([
      'moved 02:00.0 01:00.0',
      'moved 01:00.0 02:00.0',
    ]);
  });

  it('calls another device at the same place a replaced one, by its subsystem too', () => {
    const at = (ids: readonly [number, number], subsystem: number) => [
      { at: '01:00.0', ids, subsystem },
    ];
    expect(pair(at(GPU, 1), at(DISK, 1)).pairs).toEqual(['replaced 01:00.0 01:00.0']);
    expect(pair(at(GPU, 1), at(GPU, 2)).pairs).toEqual(['replaced 01:00.0 01:00.0']);
  });

  it('takes an id that could not be read for no contradiction', () => {
    const before = [{ at: '01:00.0', ids: GPU, subsystem: 7 }];
    const hidden = { ids: GPU, subsystem: unreadable('EACCES') };
    expect(pair(before, [{ at: '01:00.0', ...hidden }]).pairs).toEqual([]);
    expect(pair(before, [{ at: '02:00.0', ...hidden }]).pairs).toEqual(['moved 01:00.0 02:00.0']);
  });

  it('does not run forever where a source claims that bridges lie below each other', () => {
    const loop = [
      { at: '01:00.0', below: '02:00.0' },
      { at: '02:00.0', below: '01:00.0' },
    ];
    expect(pair(loop, loop)).toEqual({ pairs: [], added: [], removed: [] });
  });
});
