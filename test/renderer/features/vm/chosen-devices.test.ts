import { expect, it } from 'vitest';
import { isOfCard, leadsOf } from '../../../../renderer/features/vm/card-functions.ts';
import type { FunctionView } from '../../../../shared/view.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';

function fn(bdf: string, change: Partial<FunctionView> = {}): FunctionView {
  const [any] = INTEL_DESKTOP.functions;
  if (any === undefined) throw new Error('The fixture is empty');
  const plain = { ...any, ids: '10de:1e04', parent: '0000:00:01.0', isHostPart: false };
  return { ...plain, bdf, ...change };
}

it.each([
  ['another function of the slot', fn('0000:01:00.1'), true],
  ['itself', fn('0000:01:00.0'), false],
  ['another slot', fn('0000:02:00.1'), false],
  ['of another maker', fn('0000:01:00.1', { ids: '8086:1234' }), false],
  ['a part of the host', fn('0000:01:00.1', { isHostPart: true }), false],
  ['a virtual function', fn('0000:01:00.1', { physicalFunction: '0000:01:00.0' }), false],
])('of a card is %s: %s', (_name, other, isOf) => {
  expect(isOfCard(fn('0000:01:00.0'), other)).toBe(isOf);
});

it('a slot of the root bus is no card', () => {
  const { parent: _, ...onRoot } = fn('0000:00:1f.0');
  expect(isOfCard(onRoot, fn('0000:00:1f.3'))).toBe(false);
});

it('of a whole card the first function is asked for', () => {
  const all = [fn('0000:01:00.0'), fn('0000:01:00.1'), fn('0000:02:00.0')];
  expect(leadsOf(all).map(({ bdf }) => bdf)).toEqual(['0000:01:00.0', '0000:02:00.0']);
});
