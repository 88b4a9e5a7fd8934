import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createBackend, type Backend } from '../../../main/backend/backend.ts';
import type { Channel } from '../../../shared/channels.ts';
import type { ReplyOf } from '../../../shared/contract.ts';
import { ASSETS, backendIn, callBackend, failureOfCall } from '../../support/call-backend.ts';
import { customerBundle, NOT_VIABLE } from '../../support/customer-bundle.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let folder: string;
let backend: Backend;

beforeEach(() => {
  folder = temporaryDirectory();
  backend = backendIn(folder, () => undefined);
  return () => backend.close();
});

const call = <C extends Channel>(channel: C, args: unknown, to = backend) =>
  callBackend<ReplyOf<C>>(to, channel, args);

async function openBundle(guestLog?: string, to = backend): Promise<ReplyOf<'host:open'>> {
  const bytes = new Uint8Array(await customerBundle(guestLog));
  const source = { kind: 'bytes', name: 'sosreport-customer-pve.tar.gz', bytes };
  return call<'host:open'>('host:open', { jobId: 'j', source }, to);
}

/** As the desktop application: a folder is asked for. */
function withDialog(answer: string | undefined): Backend {
  return createBackend({
    shell: 'electron',
    assetsDir: ASSETS,
    version: '1.2.3',
    emit: () => undefined,
    openFolderDialog: async () => answer,
  });
}

describe('the report of a window', () => {
  it.each(['html', 'md'] as const)('is answered as a file without a dialog: %s', async (format) => {
    const { hostId } = await openBundle();
    const exported = await call('report:export', { hostId, format });
    if (exported.kind !== 'bytes') throw new Error('There is no dialog here');
    expect(exported.name).toMatch(new RegExp(`^pci-passthrough-report-.*\\.${format}$`));
    const text = Buffer.from(exported.bytes).toString();
    expect(text.startsWith(format === 'html' ? '<!doctype html>' : '# ')).toBe(true);
  });

  it('goes where the dialog says, and never over a file', async () => {
    const desktop = withDialog(folder);
    const { hostId } = await openBundle(undefined, desktop);
    const ask = { hostId, format: 'md' };
    const exported = await call('report:export', ask, desktop);
    if (exported.kind !== 'file') throw new Error('The dialog was answered');
    expect(readFileSync(exported.path, 'utf8')).toContain('01:00.0');
    const again = await failureOfCall(desktop, 'report:export', ask);
    expect(again.message).toBe(`Cannot write ${exported.path}: there is a file of that name`);
  });

  it('is nothing where the person closes the dialog', async () => {
    const desktop = withDialog(undefined);
    const { hostId } = await openBundle(undefined, desktop);
    const ask = { hostId, format: 'html' };
    expect(await call('report:export', ask, desktop)).toEqual({ kind: 'cancelled' });
  });

  it('says what the logs in the source say, as the window does', async () => {
    const { hostId, log } = await openBundle(`starting up\n${NOT_VIABLE}\n`);
    expect(log?.diagnoses).toMatchObject([
      { id: 'group-not-viable', device: '0000:01:00.0', log: 'win10.log', lineNumber: 2 },
    ]);
    expect(log?.diagnoses[0]?.hostFacts).toContain('01:00.0 is in the way: it has driver nouveau.');
    const { text } = await call('report:make', { hostId, format: 'html' });
    expect(text).toContain('group 1 is not viable');
  });
});

describe('the logs in a source', () => {
  it('are read where a window asks for them, with what was pasted', async () => {
    const { hostId } = await openBundle(NOT_VIABLE);
    const own = await call('doctor:read', { logs: [], hostId, withOwnLogs: true });
    expect(own.report.diagnoses.map(({ id }) => id)[0]).toBe('group-not-viable');
    const pasted = { name: 'pasted text', bytes: new TextEncoder().encode(NOT_VIABLE) };
    const both = await call('doctor:read', { logs: [pasted], hostId, withOwnLogs: true });
    expect(both.report.diagnoses[0]).toMatchObject({ log: 'pasted text', count: 2 });
    const { report } = await call('doctor:read', { logs: [pasted], hostId });
    expect(report.diagnoses[0]).toMatchObject({ log: 'pasted text', count: 1 });
  });

  it('are said to be missing where there are none', async () => {
    const text = '01:00.0 VGA compatible controller [0300]: NVIDIA GA102 [10de:2206]';
    const source = { kind: 'bytes', name: 'lspci.txt', bytes: new TextEncoder().encode(text) };
    const view = await call('host:open', { jobId: 'j', source });
    expect(view).not.toHaveProperty('log');
    const ask = { logs: [], hostId: view.hostId, withOwnLogs: true };
    expect((await failureOfCall(backend, 'doctor:read', ask)).code).toBe('not-available');
    const nothing = await failureOfCall(backend, 'doctor:read', { logs: [] });
    expect(nothing.code).toBe('bad-arguments');
  });

  it('are no news where all of their lines are harmless', async () => {
    expect((await openBundle()).log).toMatchObject({ foundCause: false, diagnoses: [] });
  });
});

describe('a copy without names and serials', () => {
  it('is shown before it is saved, with what stands for what', async () => {
    const { hostId } = await openBundle('booting for customer-pve\n');
    const ask = { jobId: 'r', source: { kind: 'host', hostId } };
    const preview = await call('redact:preview', ask);
    expect(preview).toMatchObject({ name: 'redacted.tar.gz', hasChanged: true });
    expect(preview.replaced).toContainEqual(
      expect.objectContaining({
        kind: 'host',
        examples: [{ token: 'host-1', spelling: 'customer-pve' }],
      }),
    );
    expect(preview.kept).toEqual({ functions: 2, groups: 1 });
    const exported = await call('redact:export', ask);
    if (exported.kind !== 'bytes') throw new Error('There is no dialog here');
    expect(exported.name).toBe('redacted.tar.gz');
    const text = gunzipSync(exported.bytes).toString('latin1');
    expect(text).not.toContain('customer-pve');
    expect(text).toContain('booting for host-1');
  });

  it('of what the library keeps is written where the dialog says', async () => {
    const kept = createBackend({
      shell: 'electron',
      assetsDir: ASSETS,
      version: '1.2.3',
      dataDir: join(folder, 'data'),
      emit: () => undefined,
      openFolderDialog: async () => join(folder, 'out'),
    });
    const bytes = new Uint8Array(await customerBundle());
    const source = { kind: 'bytes', name: 'a.tar.gz', bytes };
    await call('library:import', { jobId: 'j', source }, kept);
    const path = join(folder, 'out/redacted.tar.gz');
    mkdirSync(join(folder, 'out'));
    const ask = { jobId: 'r', source: { kind: 'kept', id: 1 } };
    expect(await call('redact:export', ask, kept)).toEqual({ kind: 'file', path });
    expect(readdirSync(join(folder, 'out'))).toEqual(['redacted.tar.gz']);
    expect(existsSync(path)).toBe(true);
    expect((await failureOfCall(kept, 'redact:export', ask)).message).toMatch(/it exists$/);
    await kept.close();
  });

  it('does not show a password', async () => {
    const { hostId } = await openBundle('-vnc :1 password=hunter2secret\n');
    const ask = { jobId: 'r', source: { kind: 'host', hostId } };
    const { replaced } = await call('redact:preview', ask);
    const secret = replaced.find(({ kind }) => kind === 'secret');
    expect(secret?.examples).toEqual([{ token: 'secret-1' }]);
    expect(JSON.stringify(replaced)).not.toContain('hunter2secret');
  });

  it('needs a file', async () => {
    const gone = { jobId: 'r', source: { kind: 'host', hostId: 'h9' } };
    expect((await failureOfCall(backend, 'redact:preview', gone)).code).toBe('unknown-host');
    const kept = { jobId: 'r', source: { kind: 'kept', id: 7 } };
    expect((await failureOfCall(backend, 'redact:preview', kept)).code).toBe('not-available');
  });
});
