import { describe, expect, it } from 'vitest';
import { openLiveSource } from '../../../main/host/live-source.ts';
import { readHost } from '../../../main/host/read-host.ts';
import { isComplete } from '../../../main/host/source.ts';

describe('openLiveSource', () => {
  const source = openLiveSource(7);

  it('is the host we run on, and what it lacks is absent', () => {
    expect(source.info).toMatchObject({ kind: 'live', name: 'this host', capturedAtMs: 7 });
    expect(isComplete(source)).toBe(true);
  });

  it('reads files that claim to be empty', () => {
    const version = source.read('proc/version');
    expect(version.ok && Buffer.from(version.value).toString()).toMatch(/^Linux version /);
  });

  it.each([
    ['a missing file', () => source.read('proc/none'), { code: 'absent', errno: 'ENOENT' }],
    ['a directory', () => source.read('proc'), { code: 'wrong-type', errno: 'EISDIR' }],
    ['a missing directory', () => source.list('proc/none'), { code: 'absent', errno: 'ENOENT' }],
    ['no link', () => source.readLink('proc/version'), { code: 'wrong-type', errno: 'EINVAL' }],
  ])('answers for %s', (_name, call, error) => {
    expect(call()).toEqual({ ok: false, error });
  });

  it('reads whatever this host is, in both depths', () => {
    for (const depth of ['grouping', 'full'] as const) {
      const host = readHost(source, { depth });
      expect(host.ok && host.value.kernelRelease).toMatch(/^\d+\.\d+/);
    }
  });
});
