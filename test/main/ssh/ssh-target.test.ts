import { describe, expect, it } from 'vitest';
import { loginLine, parseSshTarget, targetName } from '../../../main/ssh/ssh-target.ts';

describe('the name of a host', () => {
  it.each([
    ['ssh://nas', 'nas', 'ssh nas'],
    ['ssh://root@nas/', 'root@nas', 'ssh root@nas'],
    ['ssh://root@nas.example:2222', 'root@nas.example:2222', 'ssh -p 2222 root@nas.example'],
    ['ssh://[2001:db8::7]:22', '[2001:db8::7]:22', 'ssh -p 22 2001:db8::7'],
    ['ssh://me@[fe80::1%eth0]', 'me@[fe80::1%eth0]', 'ssh me@fe80::1%eth0'],
  ])('%s', (name, shown, line) => {
    const target = parseSshTarget(name);
    if (!target.ok) throw new Error(target.error.message);
    expect([targetName(target.value), loginLine(target.value)]).toEqual([shown, line]);
  });

  it.each([
    'ssh://',
    'ssh://-oProxyCommand=id',
    'ssh://-l@nas',
    'ssh://root@-F/etc/shadow',
    'ssh://root:secret@nas',
    'ssh://a@b@nas',
    'ssh://nas:0',
    'ssh://nas:65536',
    'ssh://nas:-1',
    'ssh://nas: 22',
    'ssh://nas/etc',
    'ssh://n as',
    'ssh://nas\n',
    'ssh://nas;id',
    'ssh://$(id)',
    'ssh://%h',
    'ssh://[nas]',
    'ssh://[::1%$(id)]',
    'ssh://root%h@nas',
    `ssh://${'a'.repeat(300)}`,
  ])('%s is none', (name) => {
    const target = parseSshTarget(name);
    expect(target.ok ? target.value : target.error.code).toBe('bad-name');
    if (!target.ok) expect(target.error.message).toMatch(/^Cannot read [\x20-\x7e]+$/);
  });
});
