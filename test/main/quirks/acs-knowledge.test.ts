import { describe, expect, it } from 'vitest';
import { BUNDLED_ACS, BUNDLED_KNOWLEDGE } from '../../../main/quirks/acs-knowledge.ts';
import { acsTableSchema, type AcsRole } from '../../../shared/acs-table.ts';

describe('the table of how functions behave that comes with Airlock', () => {
  const table = acsTableSchema.parse(BUNDLED_ACS.table);

  it('has rows that name boards, each row once', () => {
    const keys = table.rows.map(({ ids, role, classCode }) => `${ids} ${role} ${classCode ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
    const named = table.rows.flatMap(({ passes = [], fails = [], apart = [] }) => [
      ...passes,
      ...fails,
      ...apart,
    ]);
    expect(Math.max(...named)).toBeLessThan(table.boards.length);
    expect(new Set(named).size).toBe(table.boards.length);
  });

  const ask = (vendorId: number, deviceId: number, role: AcsRole, device = 1) =>
    BUNDLED_KNOWLEDGE.ask({ vendorId, deviceId, classCode: undefined, role, device }, undefined)
      ?.isIsolated;

  it('knows root ports that isolate, chipset legs that do not, and ports that firmware decides', () => {
    expect(ask(0x1022, 0x14db, 'root')).toBe(true);
    expect(ask(0x1022, 0x43f5, 'downstream')).toBe(false);
    expect(ask(0x1022, 0x1483, 'root')).toBeUndefined();
    expect(ask(0x1022, 0xffff, 'root')).toBeUndefined();
  });
});
