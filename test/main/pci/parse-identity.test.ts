import { describe, expect, it } from 'vitest';
import { parseIdentity } from '../../../main/pci/parse-identity.ts';
import { unreadable } from '../../../shared/fact.ts';
import { buildConfig } from '../../support/build-config.ts';

describe('parseIdentity', () => {
  it('reads the ids of an endpoint', () => {
    const bytes = buildConfig({
      vendorId: 0x10de,
      deviceId: 0x2206,
      classCode: 0x030000,
      revision: 0xa1,
      subsystem: 0x10de1467,
    });
    expect(parseIdentity(bytes)).toEqual({
      vendorId: 0x10de,
      deviceId: 0x2206,
      classCode: 0x030000,
      revision: 0xa1,
      subsystem: 0x10de1467,
    });
  });

  it('finds the subsystem of a bridge in its capability', () => {
    const bridge = { primary: 0, secondary: 1, subordinate: 1 };
    const options = { bridge, portType: 'root-port', subsystem: 0x17aa225d } as const;
    expect(parseIdentity(buildConfig(options)).subsystem).toBe(0x17aa225d);
    expect(parseIdentity(buildConfig({ bridge })).subsystem).toBeUndefined();
    const short = buildConfig({ ...options, lengthBytes: 64 });
    expect(parseIdentity(short).subsystem).toEqual(unreadable('TRUNCATED'));
  });

  it('knows that the header of a VF does not hold its ids', () => {
    const bytes = buildConfig({ vendorId: 0xffff, deviceId: 0xffff, classCode: 0x020000 });
    expect(parseIdentity(bytes)).toEqual({
      vendorId: unreadable('ALL_ONES'),
      deviceId: unreadable('ALL_ONES'),
      classCode: 0x020000,
      revision: 0,
      subsystem: undefined,
    });
  });
});
