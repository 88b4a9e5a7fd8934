import { describe, expect, it } from 'vitest';
import { commandLine, withChange } from '../../../../renderer/features/whatif/change-words.ts';

describe('the supposed changes', () => {
  it.each([
    ['acs-override=downstream', 'acs-override=downstream,multifunction'],
    ['kernel=6.1', 'kernel=6.12'],
    ['acs=0000:00:01.0:on', 'acs=0000:00:01.0:off'],
    ['move=0000:01:00.0:0000:00:02.0', 'move=0000:01:00.0:0000:00:03.0'],
    ['vfs=0000:01:00.0:4', 'vfs=0000:01:00.0:8'],
    ['behind-switch=0000:01:00.0', 'behind-switch=0000:01:00.0:acs'],
  ])('hold one of a kind: %s makes way for %s', (before, after) => {
    expect(withChange(['iommu=on', before], after)).toEqual(['iommu=on', after]);
  });

  it('hold several about different functions, in the order given', () => {
    const first = 'acs=0000:00:01.0:on';
    const second = 'acs=0000:00:02.0:on';
    const third = 'move=0000:00:01.0:0000:00:02.0';
    expect(withChange(withChange([first], second), third)).toEqual([first, second, third]);
  });
});

describe('the same on the command line', () => {
  it('names no source on this host and quotes a path that needs it', () => {
    const words = ['acs-override=downstream', 'kernel=6.12'];
    expect(commandLine(words, { kind: 'live', name: 'this host' })).toBe(
      'airlock whatif acs-override=downstream kernel=6.12',
    );
    expect(commandLine(words, { kind: 'archive', name: '/srv/my hosts/a.tar.gz' })).toBe(
      "airlock whatif acs-override=downstream kernel=6.12 '/srv/my hosts/a.tar.gz'",
    );
    expect(commandLine(['iommu=on'], { kind: 'archive', name: 'A sample' })).toBe(
      'airlock whatif iommu=on snapshot.tar.gz',
    );
  });
});
