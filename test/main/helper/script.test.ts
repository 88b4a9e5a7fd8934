import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONSTANT_FILES } from '../../../main/binding/plan/step-words.ts';

const ASSETS = join(import.meta.dirname, '../../../assets/helper');
const SCRIPT = join(ASSETS, 'airlock-helper');
const text = readFileSync(SCRIPT, 'utf8');

describe('the script', () => {
  it.each([
    'airlock-helper',
    'boot/airlock-bind',
    'boot/initramfs-tools-hook',
    'boot/dracut-module',
    'boot/grub-entry',
    'boot/libvirt-hook',
    'boot/revert-local',
  ])('%s is clean by shellcheck', (name) => {
    const { status, stdout } = spawnSync('shellcheck', [join(ASSETS, name)], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  });

  it('explains itself', () => {
    const help = spawnSync(SCRIPT, ['--help'], { encoding: 'utf8' });
    expect([help.status, help.stdout]).toEqual([0, expect.stringContaining('apply STEPS')]);
    expect(spawnSync(SCRIPT, ['--version'], { encoding: 'utf8' }).stdout).toBe(
      'airlock-helper 0.1.0\n',
    );
    const wrong = spawnSync(SCRIPT, ['aply', 'x'], { encoding: 'utf8' });
    expect([wrong.status, wrong.stdout, wrong.stderr.startsWith('Usage')]).toEqual([1, '', true]);
  });

  it('has nothing that moves its root or its state, and evaluates no text', () => {
    expect(text.match(/\beval\b|--root|\$\{?AIRLOCK/g)).toBeNull();
    const states = text.match(/^(\[[^\n]*\] \|\| )?state=\S+$/gm);
    expect(states).toEqual([
      'state=/var/lib/airlock',
      '[ ! -f /etc/unraid-version ] || state=/boot/config/airlock',
    ]);
  });

  it('has an action of polkit for each verb that needs root, which is asked for each time', () => {
    const policy = readFileSync(join(ASSETS, '../linux/org.airlock.helper.policy'), 'utf8');
    const verbs = [...policy.matchAll(/exec\.argv1">(\w+)</g)].map((match) => match[1]);
    expect(verbs).toEqual(['check', 'apply', 'undo', 'recover', 'confirm']);
    const rights = [...policy.matchAll(/<allow_(\w+)>(\w+)</g)].map(
      ([, who, right]) => `${who} ${right}`,
    );
    expect([...new Set(rights)]).toEqual(['any no', 'inactive no', 'active auth_admin']);
    expect(rights).toHaveLength(3 * verbs.length);
  });

  it('ships each constant file that it may install', () => {
    const shared = { 'initramfs-tools-bind': 'airlock-bind', 'dracut-bind': 'airlock-bind' };
    for (const name of CONSTANT_FILES) {
      const file = name in shared ? shared[name as keyof typeof shared] : name;
      expect(readFileSync(join(ASSETS, 'boot', file), 'utf8')).toContain(
        'constant file of Airlock',
      );
    }
  });
});
