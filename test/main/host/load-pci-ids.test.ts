import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPciIds } from '../../../main/host/load-pci-ids.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const SHIPPED = join(import.meta.dirname, '../../../assets/pci-ids/pci.ids');

function list(version: string): string {
  const path = join(temporaryDirectory(), 'pci.ids');
  writeFileSync(path, `#\tVersion: ${version}\n\n8086  Intel ${version}\n`);
  return path;
}

describe('loadPciIds', () => {
  it('takes the newest list', () => {
    const [old, recent] = [list('2020.01.01'), list('2025.06.30')];
    for (const names of [loadPciIds(old, [recent]), loadPciIds(recent, [old])]) {
      expect(names.ok && names.value.vendor(0x8086)).toBe('Intel 2025.06.30');
    }
  });

  it('does with the shipped list where the system has none', () => {
    const names = loadPciIds(SHIPPED, ['/nonexistent/pci.ids']);
    expect(names.ok && names.value.device(0x8086, 0x1533)).toBe('I210 Gigabit Network Connection');
  });

  it('fails where there is no list at all', () => {
    expect(loadPciIds('/nonexistent/pci.ids', [])).toMatchObject({ error: { code: 'no-pci-ids' } });
  });
});
