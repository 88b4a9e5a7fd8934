import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportVm } from '../../../main/backend/export-vm.ts';
import type { VmTarget } from '../../../shared/vm-report.ts';
import { vmWishSchema } from '../../../shared/vm.ts';
import { vmHost } from '../../support/vm-host.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-export-vm-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function saved(target: VmTarget, openFolderDialog?: () => Promise<string | undefined>) {
  const wish = vmWishSchema.parse({ name: 'win 11', guest: 'windows-11' });
  const platform = { shell: 'serve', assetsDir: '', version: '', emit: () => undefined } as const;
  const dialog = openFolderDialog === undefined ? {} : { openFolderDialog };
  const options = { scope: 'whole', vfio: 'group' } as const;
  const answer = await exportVm({ ...platform, ...dialog }, vmHost(), { wish, target, options });
  return answer.ok ? answer.value : answer.error.code;
}

it('is a folder of its own where the dialog says', async () => {
  const path = join(folder, 'airlock-vm-win_11-nixos');
  expect(await saved('nixos', async () => folder)).toEqual({ kind: 'folder', path });
  expect(readdirSync(path)).toEqual(['win_11.nix', 'win_11.xml']);
  expect(await saved('nixos', async () => folder)).toBe('bad-arguments');
});

it('is nothing where the person closes the dialog', async () => {
  expect(await saved('nixos', async () => undefined)).toEqual({ kind: 'cancelled' });
});

it.each([
  ['libvirt', 'win_11.xml'],
  ['nixos', 'airlock-vm-win_11-nixos.tar'],
] as const)('is a download without a dialog: %s', async (target, name) => {
  expect(await saved(target)).toMatchObject({ kind: 'download', name });
});
