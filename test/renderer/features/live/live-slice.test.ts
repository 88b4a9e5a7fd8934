import { expect, it } from 'vitest';
import { changeWords } from '../../../../renderer/features/live/change-words.ts';
import { changesHeard, liveReducer } from '../../../../renderer/features/live/live-slice.ts';
import type { HostChange } from '../../../../shared/host-change.ts';

const A = '0000:01:00.0';
const B = '0000:01:00.1';

/** What the line says of changes that were heard one after the other. */
function heard(...news: readonly HostChange[][]) {
  let state = liveReducer(undefined, { type: 'none' });
  for (const [index, changes] of news.entries()) {
    state = liveReducer(state, changesHeard({ hostId: 'h', atMs: index, changes, isRead: true }));
  }
  return state.byHost['h']?.changes.map((change) => `${change.bdf} ${changeWords(change)}`);
}

it('functions that move one after the other are told together', () => {
  expect(
    heard(
      [{ kind: 'driver', bdf: A, from: 'nvidia', to: 'vfio-pci' }],
      [{ kind: 'driver', bdf: B, from: 'snd_hda_intel', to: 'vfio-pci' }],
    ),
  ).toEqual([`${A} went from nvidia to vfio-pci`, `${B} went from snd_hda_intel to vfio-pci`]);
});

it('two steps of one function are one move', () => {
  expect(
    heard(
      [{ kind: 'driver', bdf: A, from: 'nvidia' }],
      [{ kind: 'driver', bdf: A, to: 'vfio-pci' }],
    ),
  ).toEqual([`${A} went from nvidia to vfio-pci`]);
});

it('of a function that went away nothing else is told', () => {
  expect(
    heard([{ kind: 'driver', bdf: A, from: 'nvidia' }], [{ kind: 'vanished', bdf: A }]),
  ).toEqual([`${A} went away`]);
});

it.each<[HostChange, string]>([
  [{ kind: 'appeared', bdf: A }, 'appeared'],
  [{ kind: 'appeared', bdf: A, driver: 'nvme' }, 'appeared, driven by nvme'],
  [{ kind: 'driver', bdf: A, from: 'nvme' }, 'left nvme'],
  [{ kind: 'driver', bdf: A, to: 'nvme' }, 'went to nvme'],
  [{ kind: 'group', bdf: A, from: '7', to: '8' }, 'went from group 7 to group 8'],
])('%j reads: %s', (change, words) => {
  expect(changeWords(change)).toBe(words);
});
