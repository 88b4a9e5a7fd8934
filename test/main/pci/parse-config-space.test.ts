import { describe, expect, it } from 'vitest';
import { parseConfigSpace } from '../../../main/pci/parse-config-space.ts';
import { unreadable } from '../../../shared/fact.ts';
import { buildConfig, FULL_ACS } from '../../support/build-config.ts';

const TRUNCATED = unreadable('TRUNCATED');
const PORT = {
  portType: 'root-port',
  forwardsAri: true,
  acs: { capability: 0x1f, control: 0x1d, dwordAt8: 0x12345678 },
  bridge: { primary: 0, secondary: 3, subordinate: 7 },
  isMultifunction: true,
} as const;

describe('parseConfigSpace', () => {
  it('decodes a root port with ACS', () => {
    expect(parseConfigSpace(buildConfig(PORT))).toEqual({
      lengthBytes: 4096,
      headerType: 1,
      hasMultifunctionBit: true,
      bridge: { primary: 0, secondary: 3, subordinate: 7 },
      pcie: { offset: 0x40, portType: 'root-port', hasFlr: false, forwardsAri: true },
      acs: { offset: 0x100, capability: 0x1f, control: 0x1d, controlDwordAt8: 0x12345678 },
      hasAri: false,
      sriov: undefined,
    });
  });

  it('decodes a physical function with ACS, ARI and SR-IOV', () => {
    const sriov = { totalVfs: 8, numVfs: 4, firstVfOffset: 0x80, vfStride: 2, vfDeviceId: 0x1520 };
    const bytes = buildConfig({
      portType: 'endpoint',
      hasFlr: true,
      acs: { capability: 0, control: 0 },
      hasAri: true,
      sriov,
    });
    expect(parseConfigSpace(bytes)).toMatchObject({
      pcie: { portType: 'endpoint', hasFlr: true },
      acs: { offset: 0x100, capability: 0, control: 0 },
      hasAri: true,
      sriov: { offset: 0x114, isEnabled: true, ...sriov },
    });
  });

  it('takes ACS of a conventional function as absent, for it cannot have any', () => {
    expect(parseConfigSpace(buildConfig())).toEqual({
      lengthBytes: 256,
      headerType: 0,
      hasMultifunctionBit: false,
      bridge: undefined,
      pcie: undefined,
      acs: undefined,
      hasAri: false,
      sriov: undefined,
    });
  });

  it('knows a function without a capability list to be conventional from 64 bytes', () => {
    const config = parseConfigSpace(buildConfig({ lengthBytes: 64 }));
    expect(config).toMatchObject({ pcie: undefined, acs: undefined, hasAri: false });
  });

  it.each([
    ['64 bytes, as without root', 64, TRUNCATED],
    ['256 bytes of a PCI Express function', 256, { offset: 0x40 }],
    ['a list that goes on beyond what was read', 0x104, { offset: 0x40 }],
  ])('never says that ACS is absent from %s', (_name, lengthBytes, pcie) => {
    const bytes = buildConfig({ ...PORT, lengthBytes });
    expect(parseConfigSpace(bytes)).toMatchObject({ pcie, acs: TRUNCATED });
  });

  it('finds nothing in an extended list of zeros or of ones', () => {
    const zeros = buildConfig({ portType: 'endpoint' });
    const ones = buildConfig({ portType: 'endpoint' }).fill(0xff, 0x100);
    const nothing = { acs: undefined, hasAri: false, sriov: undefined };
    expect(parseConfigSpace(zeros)).toMatchObject(nothing);
    expect(parseConfigSpace(ones)).toMatchObject(nothing);
  });

  it('ends on lists that lead in a circle', () => {
    const bytes = buildConfig({ portType: 'endpoint' });
    bytes.set([0x05, 0x50], 0x50);
    bytes[0x41] = 0x50;
    new DataView(bytes.buffer).setUint32(0x100, (0x0003 | (1 << 16) | (0x100 << 20)) >>> 0, true);
    expect(parseConfigSpace(bytes)).toMatchObject({ pcie: { offset: 0x40 }, acs: undefined });
  });

  it('finds the list of a CardBus bridge at its own place', () => {
    const bridge = { primary: 0, secondary: 2, subordinate: 5 };
    const bytes = buildConfig({ headerType: 2, bridge, portType: 'endpoint' });
    expect(parseConfigSpace(bytes)).toMatchObject({
      headerType: 2,
      bridge,
      pcie: { offset: 0x40 },
    });
  });

  it.each([
    ['nothing', new Uint8Array(), 'TRUNCATED'],
    ['five bytes', new Uint8Array(5), 'TRUNCATED'],
    ['a function that does not answer', new Uint8Array(4096).fill(0xff), 'ALL_ONES'],
  ])('cannot be read from %s', (_name, bytes, errno) => {
    expect(parseConfigSpace(bytes)).toEqual(unreadable(errno));
  });

  it('decodes a VF, whose ids read as ones', () => {
    const bytes = buildConfig({ vendorId: 0xffff, deviceId: 0xffff, portType: 'endpoint' });
    expect(parseConfigSpace(bytes)).toMatchObject({ pcie: { portType: 'endpoint' } });
  });

  it.each([
    ['read whole', 256, 0xfed1c001],
    ['64 bytes', 64, TRUNCATED],
  ])('notes the RCBA register on request: %s', (_name, lengthBytes, rcba) => {
    const bytes = buildConfig({ rcba: 0xfed1c001, lengthBytes });
    expect(parseConfigSpace(bytes, { readsRcba: true })).toMatchObject({ rcba });
    expect(parseConfigSpace(bytes)).not.toHaveProperty('rcba');
  });

  it('takes the first of two capabilities with one id, as the kernel does', () => {
    const bytes = buildConfig({ portType: 'root-port', acs: FULL_ACS, hasAri: true });
    const view = new DataView(bytes.buffer);
    view.setUint32(0x10c, 0x000d | (1 << 16), true);
    expect(parseConfigSpace(bytes)).toMatchObject({ acs: { offset: 0x100, capability: 0x1f } });
  });
});
