import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../../main/backend/backend.ts';
import type { ReplyOf } from '../../../shared/contract.ts';
import type { Channel } from '../../../shared/channels.ts';
import { ASSETS, backendIn, callBackend, failureOfCall } from '../../support/call-backend.ts';
import { recordedSnapshot } from '../../support/recorded-host.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const CARD = join(ASSETS, 'samples/graphics-card.tar.gz');
const SWITCH = recordedSnapshot('n-switch-k6.1');

let folder: string;
let backend: Backend;

beforeEach(() => {
  folder = temporaryDirectory();
  backend = backendIn(folder, () => undefined);
  return () => backend.close();
});

const call = <C extends Channel>(channel: C, args: unknown) =>
  callBackend<ReplyOf<C>>(backend, channel, args);
const openPath = (path: string) =>
  call<'host:open'>('host:open', { jobId: 'j', source: { kind: 'path', path } });
const importPath = (path: string) =>
  call('library:import', { jobId: 'j', source: { kind: 'path', path } });
const importBytes = (name: string, bytes: Uint8Array) =>
  call('library:import', { jobId: 'j', source: { kind: 'bytes', name, bytes } });
const namesOf = async (...words: readonly string[]) =>
  (await call('library:list', { words, limit: 10 })).snapshots.map(({ name }) => name);

describe('the library of a window', () => {
  it('keeps paths and dropped files, and finds them', async () => {
    expect((await importPath(SWITCH)).imported).toMatchObject([{ id: 1, isNew: true }]);
    await importBytes('from-customer.bin', new Uint8Array(readFileSync(CARD)));
    expect(await namesOf()).toEqual(['from-customer.bin', 'snapshot.tar.gz']);
    expect(await namesOf('name:customer')).toEqual(['from-customer.bin']);
    expect(await namesOf('kernel:6.1', 'name:customer')).toEqual([]);
  });

  it('says of each file why it was not imported', async () => {
    const { imported, failed } = await importBytes('letter.txt', new Uint8Array([72, 105]));
    expect(imported).toEqual([]);
    expect(failed).toEqual([expect.stringMatching(/^Cannot read letter\.txt: /)]);
  });

  it('opens what it keeps as a host, which is no path that was opened', async () => {
    await importPath(SWITCH);
    const view = await openPath('library:1');
    expect(view.source).toMatchObject({ kind: 'library', name: 'snapshot.tar.gz' });
    expect(await call('recent:list', {})).toEqual([]);
  });

  it('notes things on a snapshot, and answers what it is then', async () => {
    await importPath(SWITCH);
    const change = (one: unknown) => call('library:change', { name: '1', change: one });
    await change({ kind: 'add-tag', tag: ' open ' });
    await change({ kind: 'add-tag', tag: 'wrong' });
    await change({ kind: 'remove-tag', tag: 'wrong' });
    await change({ kind: 'add-note', text: 'Second card in the upper slot' });
    const entry = await change({ kind: 'put-into-case', case: 'Acme 42' });
    expect(entry).toMatchObject({ kind: 'snapshot', tags: ['open'], cases: ['Acme 42'] });
    expect(entry.notes.map(({ text }) => text)).toEqual(['Second card in the upper slot']);
    expect(await namesOf('tag:open', 'upper')).toEqual(['snapshot.tar.gz']);
    const nested = { name: 'case:Acme 42', change: { kind: 'put-into-case', case: 'Other' } };
    expect((await failureOfCall(backend, 'library:change', nested)).code).toBe('not-available');
  });

  it('hands a case out that another library takes, with its notes', async () => {
    await importPath(SWITCH);
    await call('library:change', { name: '1', change: { kind: 'put-into-case', case: 'A/c' } });
    await call('library:change', {
      name: 'case:A/c',
      change: { kind: 'add-note', text: 'urgent' },
    });
    const exported = await call('library:export', { name: 'case:A/c' });
    if (exported.kind !== 'bytes') throw new Error('There is no dialog here');
    expect(exported.name).toBe('A_c.airlock-case.tar');
    const other = backendIn(join(folder, 'other'), () => undefined);
    const source = { kind: 'bytes', name: exported.name, bytes: exported.bytes };
    await callBackend(other, 'library:import', { jobId: 'j', source });
    expect(await callBackend(other, 'library:show', { name: 'case:A/c' })).toMatchObject({
      notes: [{ text: 'urgent' }],
      snapshots: [{ name: 'snapshot.tar.gz' }],
    });
    await other.close();
  });

  it('gives a file back as it was, and forgets it', async () => {
    await importPath(SWITCH);
    const exported = await call('library:export', { name: '1' });
    expect(exported).toMatchObject({ kind: 'bytes', name: 'snapshot.tar.gz' });
    if (exported.kind === 'bytes') {
      expect(Buffer.compare(exported.bytes, readFileSync(SWITCH))).toBe(0);
    }
    await call('library:remove', { name: '1' });
    expect(await namesOf()).toEqual([]);
    expect((await failureOfCall(backend, 'library:show', { name: '1' })).message).toMatch(
      /^Cannot find 1: /,
    );
  });

  it('takes names of its own only', async () => {
    for (const name of ['../x', '0', 'case:', 'case:a\nb']) {
      expect((await failureOfCall(backend, 'library:show', { name })).code).toBe('bad-arguments');
    }
  });
});

describe('help for others', () => {
  it('compares two hosts that are open', async () => {
    const [before, after] = [await openPath(SWITCH), await openPath(CARD)];
    const ids = { before: before.hostId, after: after.hostId };
    const { report, text } = await call('host:compare', ids);
    expect(report.differs).toBe(true);
    expect(text).toMatch(/^Before: /);
    const gone = await failureOfCall(backend, 'host:compare', { ...ids, after: 'h99' });
    expect(gone.code).toBe('unknown-host');
  });

  it('reads logs together, with the facts of a host that is open', async () => {
    const { hostId } = await openPath(SWITCH);
    const log = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
    const logs = [
      log('qemu.log', 'vfio 0000:01:00.0: group 5 is not viable'),
      log('dmesg', 'pci 0000:01:00.0: Adding to iommu group 5'),
    ];
    const { report } = await call('doctor:read', { logs, hostId });
    expect(report.diagnoses.map((one) => one.log)).toEqual(['qemu.log', 'dmesg']);
    expect(report.diagnoses[0]?.hostFacts[0]).toMatch(/^01:00\.0 is a switch upstream port/);
    expect((await call('doctor:read', { logs })).report.diagnoses[0]?.hostFacts).toEqual([]);
    expect((await failureOfCall(backend, 'doctor:read', { logs, hostId: 'h9' })).code).toBe(
      'unknown-host',
    );
  });

  it('says what a pasted mixture was recognised as, and what it lacks', async () => {
    const text = [
      '01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [10de:2206] (rev a1)',
      '\tKernel driver in use: nouveau',
      '',
      '[    0.512000] pci 0000:01:00.0: Adding to iommu group 15',
    ].join('\n');
    const source = { kind: 'bytes', name: 'pasted text', bytes: new TextEncoder().encode(text) };
    const { hostId, report } = await call('host:open', { jobId: 'j', source });
    expect(report?.parts.map(({ kind, firstLine }) => [kind, firstLine])).toEqual([
      ['lspci', 1],
      ['kernel-log', 4],
    ]);
    expect(report?.command).toBe('sudo lspci -D -vvnnxxxx');
    expect(report?.facts).toEqual([
      { fact: 'ids', origins: [{ origin: 'lspci', count: 1 }], missing: 0 },
      { fact: 'class', origins: [{ origin: 'lspci', count: 1 }], missing: 0 },
      { fact: 'driver', origins: [{ origin: 'lspci', count: 1 }], missing: 0 },
      { fact: 'group', origins: [{ origin: 'kernel-log', count: 1 }], missing: 0 },
      { fact: 'acs', origins: [], missing: 1 },
      { fact: 'place', origins: [{ origin: 'inferred', count: 1 }], missing: 0 },
    ]);
    const log = new TextEncoder().encode('vfio 0000:01:00.0: group 15 is not viable');
    const logs = [{ name: 'log', bytes: log }];
    const answer = await call('doctor:read', { logs, hostId });
    expect(answer.report.diagnoses[0]?.hostFacts).toEqual([
      '01:00.0 has driver nouveau.',
      'Group 15 has 01:00.0.',
      '01:00.0 is in the way: it has driver nouveau.',
    ]);
  });
});
