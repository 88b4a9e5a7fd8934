import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PortType } from '../../../shared/host.ts';
import { computeGrouping } from '../../../main/engine/compute-grouping.ts';
import { bdf, makeHost, type FunctionNotation } from '../../support/host-notation.ts';

interface CaseDevice {
  readonly b: string;
  readonly t: number | null;
  readonly mf?: number;
  readonly v?: number;
  readonly d?: number;
  readonly sec?: number;
  readonly acs?: readonly [number, number];
  readonly spt?: readonly [number, number];
  readonly pchq?: boolean;
  readonly vf?: string;
  readonly real?: string;
  readonly iommu?: boolean;
  readonly alias?: readonly number[];
}

interface Case {
  readonly id: string;
  readonly title: string;
  readonly devices: readonly CaseDevice[];
  readonly world: {
    readonly ivrs?: boolean;
    readonly override?: { downstream?: boolean; multifunction?: boolean };
  };
  readonly expectedGroups: readonly (readonly string[])[];
  readonly noGroup: readonly string[];
  readonly why: Readonly<Record<string, string>>;
}

const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/grouping/cases.json', import.meta.url), 'utf8'),
) as readonly Case[];

const TYPES: Readonly<Record<number, PortType>> = {
  0: 'endpoint',
  1: 'legacy-endpoint',
  4: 'root-port',
  5: 'upstream-port',
  6: 'downstream-port',
  7: 'pcie-to-pci-bridge',
  8: 'pci-to-pcie-bridge',
  9: 'rciep',
  10: 'rcec',
};

/** The LPC bridge that the Intel PCH quirk reads; it is in no expected group. */
const LPC = '00:1f.0';

function hostOf({ devices, world }: Case) {
  const functions = devices.map((device) => notate(device, devices));
  const pch = devices.find(
    (device) => device.v === 0x8086 && device.d !== undefined && (device.d & 0xfff0) === 0x8c10,
  );
  const aliases = devices.flatMap((device) =>
    (device.alias ?? []).map((devfn) => ({
      domain: 0,
      source: rid(device.b),
      alias: (rid(device.b) & 0xff00) | devfn,
    })),
  );
  return makeHost({
    units: aliases.length > 0 ? ['ivhd0'] : ['dmar0'],
    acpiTables: world.ivrs === true ? ['IVRS'] : [],
    ivrsAliases: aliases,
    functions: pch
      ? [...functions, { at: LPC, type: 'conventional', rcba: pch.pchq === true ? 0xfed1c001 : 0 }]
      : functions,
  });
}

function rid(address: string): number {
  const parts = /(..):(..)\.(.)$/.exec(address);
  return (
    parseInt(parts?.[1] ?? '', 16) * 256 + parseInt(parts?.[2] ?? '', 16) * 8 + Number(parts?.[3])
  );
}

function notate(device: CaseDevice, devices: readonly CaseDevice[]): FunctionNotation {
  const address = bdf(device.b);
  const bus = (vf: string | undefined) =>
    parseInt((vf === undefined ? address : bdf(vf)).slice(-7, -5), 16);
  const domain = address.slice(0, -8);
  const parent = devices.find(
    (other) => other.sec === bus(device.vf) && bdf(other.b).slice(0, -8) === domain,
  );
  return {
    at: device.b,
    type: device.t === null ? 'conventional' : (TYPES[device.t] ?? 'reserved'),
    multifunction: device.mf === 1,
    ids: [device.v ?? 0x1234, device.d ?? 0x5678],
    ...(parent && { below: parent.b }),
    ...(device.acs && { acs: device.acs }),
    ...(device.spt && { acs: device.spt, sptControl: device.spt[1] }),
    ...(device.sec !== undefined && { secondary: device.sec }),
    ...(device.vf !== undefined && { physicalFunction: device.vf }),
    ...(device.real !== undefined && { vmdEndpoint: device.real }),
    ...(device.iommu === false && { iommu: undefined }),
  };
}

describe('the 54 cases of kernel behaviour', () => {
  it('are all here', () => {
    expect(cases.map(({ id }) => id)).toEqual(
      Array.from({ length: 54 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`),
    );
  });

  it.each(cases.map((one) => [one.id, one.title, one] as const))('%s: %s', (_id, _title, one) => {
    const override = one.world.override && {
      downstream: one.world.override.downstream === true,
      multifunction: one.world.override.multifunction === true,
      ids: [],
    };
    const grouping = computeGrouping(hostOf(one), override ? { override } : {});
    const groups = grouping.groups
      .map(({ members }) =>
        members.filter((member) => member !== bdf(LPC) || one.devices.some((d) => d.b === LPC)),
      )
      .filter((members) => members.length > 0);
    const expected = one.expectedGroups.map((group) => group.map(bdf).sort());
    const byFirst = (a: readonly string[], b: readonly string[]) =>
      (a[0] ?? '') < (b[0] ?? '') ? -1 : 1;
    expect([...groups].sort(byFirst)).toEqual([...expected].sort(byFirst));
    expect(grouping.notCovered).toEqual(one.noGroup.map(bdf));
    expect(grouping.groups.every(({ confidence }) => confidence === 'certain')).toBe(true);
  });
});
