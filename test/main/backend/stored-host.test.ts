import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HOST_FORMAT, packHost, unpackHost } from '../../../main/backend/stored-host.ts';
import { recordedHost } from '../../support/recorded-host.ts';

describe('a host in the library', () => {
  it.each(['real-02', 's033-k6.1-virtio-q7.2', 'x-ppc-pseries'])('%s comes back', async (name) => {
    const host = await recordedHost(name);
    expect(unpackHost(packHost(host))).toEqual(host);
  });

  it.each(['', '{', 'null', '{}', '{"source":{},"functions":[],"problems":[]}'])(
    '%j is read from its bytes again',
    (text) => {
      expect(unpackHost(text)).toBeUndefined();
    },
  );

  it('has another number where the reader says something else of the same bytes', async () => {
    const text = packHost(await recordedHost('s033-k6.1-virtio-q7.2'));
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    // Where only the digest differs: raise HOST_FORMAT, and write the new pair here.
    expect([HOST_FORMAT, digest]).toEqual([3, '0bec14da351eabc7']);
  });
});
