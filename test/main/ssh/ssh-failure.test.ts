import { expect, it } from 'vitest';
import { explainEnding } from '../../../main/ssh/ssh-failure.ts';

const NAS = { user: 'root', host: 'nas', port: undefined };

/** What OpenSSH 9.2 writes. Those that a loopback host can cause are caused in the other tests. */
it.each([
  ['ssh: connect to host nas port 22: No route to host', 'no-route'],
  ['ssh: connect to host nas port 22: Network is unreachable', 'no-route'],
  ['ssh: connect to host nas port 22: Connection timed out', 'timeout'],
  ['Connection timed out during banner exchange', 'timeout'],
  ['Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures', 'denied'],
  ['kex_exchange_identification: Connection closed by remote host', 'lost'],
  ['Timeout, server nas not responding.', 'lost'],
  ['@ WARNING: REVOKED HOST KEY DETECTED! @\nHost key verification failed.', 'changed-key'],
  ['/root/.ssh/config: line 3: Bad configuration option: foo', 'failed'],
  ['', 'failed'],
])('%s', (complaint, code) => {
  expect(explainEnding(NAS, complaint).error).toMatchObject({
    code,
    message: expect.stringContaining('nas') as string,
  });
});

it('what a host says reaches no terminal as it is', () => {
  const { message } = explainEnding(NAS, 'x\u001B]0;owned\u0007\u009B31m').error;
  expect(message).toMatch(/^[\x20-\x7e]+$/);
});
