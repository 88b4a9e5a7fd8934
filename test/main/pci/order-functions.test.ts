import { describe, expect, it } from 'vitest';
import { orderFunctions } from '../../../main/pci/order-functions.ts';
import type { Bdf } from '../../../shared/bdf.ts';
import type { PciFunction } from '../../../shared/host.ts';

function fn(bdf: string, parent?: string, physicalFunction?: string): PciFunction {
  return {
    bdf: bdf as Bdf,
    rootBus: '0000:00',
    parent: parent as Bdf | undefined,
    vmdEndpoint: undefined,
    vendorId: 0,
    deviceId: 0,
    classCode: 0,
    subsystem: undefined,
    config: undefined,
    physicalFunction: physicalFunction as Bdf | undefined,
    iommuUnit: undefined,
    iommuGroupId: undefined,
  };
}

function order(...functions: PciFunction[]): string[] {
  return orderFunctions(functions).map(({ bdf }) => bdf);
}

describe('orderFunctions', () => {
  it('takes a bus whole, then what lies below each of its bridges', () => {
    const functions = [
      fn('0000:00:01.0'),
      fn('0000:01:00.0', '0000:00:01.0'),
      fn('0000:02:00.0', '0000:01:00.0'),
      fn('0000:01:00.1', '0000:00:01.0'),
      fn('0000:00:00.0'),
      fn('0000:03:00.0', '0000:00:02.0'),
      fn('0000:00:02.0'),
    ];
    expect(order(...functions)).toEqual([
      '0000:00:00.0',
      '0000:00:01.0',
      '0000:00:02.0',
      '0000:01:00.0',
      '0000:01:00.1',
      '0000:02:00.0',
      '0000:03:00.0',
    ]);
  });

  it('takes root buses by domain and bus, each with all below it', () => {
    const functions = [
      fn('10000:e0:06.0'),
      fn('0001:00:00.0'),
      fn('0000:80:00.0'),
      fn('0000:81:00.0', '0000:80:00.0'),
      fn('0000:00:00.0'),
    ];
    expect(order(...functions)).toEqual([
      '0000:00:00.0',
      '0000:80:00.0',
      '0000:81:00.0',
      '0001:00:00.0',
      '10000:e0:06.0',
    ]);
  });

  it('puts VFs at the end, by PF and address', () => {
    const functions = [
      fn('0000:01:00.0', '0000:00:01.0'),
      fn('0000:01:00.1', '0000:00:01.0'),
      fn('0000:01:00.2', '0000:00:01.0', '0000:01:00.1'),
      fn('0000:01:00.3', '0000:00:01.0', '0000:01:00.0'),
      fn('0000:00:01.0'),
      fn('0000:02:00.0', '0000:00:02.0'),
      fn('0000:00:02.0'),
    ];
    expect(order(...functions).slice(-3)).toEqual(['0000:02:00.0', '0000:01:00.3', '0000:01:00.2']);
  });

  it('loses nothing where parents are missing or lead in a circle', () => {
    const functions = [
      fn('0000:05:00.0', '0000:04:00.0'),
      fn('0000:06:00.0', '0000:07:00.0'),
      fn('0000:07:00.0', '0000:06:00.0'),
    ];
    expect(order(...functions)).toEqual(['0000:05:00.0', '0000:06:00.0', '0000:07:00.0']);
  });
});
