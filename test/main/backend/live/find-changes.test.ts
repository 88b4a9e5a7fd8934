import { expect, it } from 'vitest';
import { findChanges } from '../../../../main/backend/live/find-changes.ts';
import type { Binding, Bindings } from '../../../../main/host/read-bindings.ts';
import { parseBdf, type Bdf } from '../../../../shared/bdf.ts';
import { unreadable } from '../../../../shared/fact.ts';

const DENIED = unreadable('EACCES');

/** Each function as `[address, driver, group]`. */
function bindings(
  ...functions: readonly [string, Binding['driver'], Binding['groupId']][]
): Bindings {
  return new Map(
    functions.map(([bdf, driver, groupId]) => [parseBdf(bdf) as Bdf, { driver, groupId }]),
  );
}

it.each([
  ['nothing', ['1.0', 'nvidia', '7'], ['1.0', 'nvidia', '7'], []],
  [
    'another driver',
    ['1.0', 'nvidia', '7'],
    ['1.0', 'vfio-pci', '7'],
    [{ kind: 'driver', from: 'nvidia', to: 'vfio-pci' }],
  ],
  [
    'no driver any more',
    ['1.0', 'nvidia', '7'],
    ['1.0', undefined, '7'],
    [{ kind: 'driver', from: 'nvidia' }],
  ],
  [
    'a first driver',
    ['1.0', undefined, '7'],
    ['1.0', 'nvidia', '7'],
    [{ kind: 'driver', to: 'nvidia' }],
  ],
  [
    'driver and group',
    ['1.0', 'nvidia', '7'],
    ['1.0', 'vfio-pci', '8'],
    [
      { kind: 'driver', from: 'nvidia', to: 'vfio-pci' },
      { kind: 'group', from: '7', to: '8' },
    ],
  ],
  ['a driver that was not read', ['1.0', DENIED, '7'], ['1.0', 'nvidia', '7'], []],
  ['a driver that is not readable now', ['1.0', 'nvidia', '7'], ['1.0', DENIED, '7'], []],
  ['a group that was not read', ['1.0', 'nvidia', DENIED], ['1.0', 'nvidia', '7'], []],
] as const)('%s', (_name, [at, ...before], [, ...now], changes) => {
  const bdf = `0000:00:0${at}`;
  expect(findChanges(bindings([bdf, ...before]), bindings([bdf, ...now]))).toEqual(
    changes.map((change) => ({ bdf, ...change })),
  );
});

it('functions that come and go, by address', () => {
  const before = bindings(['00:02.0', 'ahci', '2'], ['00:03.0', 'nvme', '3']);
  const now = bindings(
    ['00:03.0', 'nvme', '3'],
    ['00:01.0', 'e1000e', '1'],
    ['00:04.0', DENIED, '4'],
  );
  expect(findChanges(before, now)).toEqual([
    { kind: 'appeared', bdf: '0000:00:01.0', driver: 'e1000e' },
    { kind: 'vanished', bdf: '0000:00:02.0' },
    { kind: 'appeared', bdf: '0000:00:04.0' },
  ]);
});
