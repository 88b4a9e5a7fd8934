import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../main/host/parse-manifest.ts';

const format = 'airlock-snapshot/1';

describe('parseManifest', () => {
  it('reads time, rights and what could not be read', () => {
    const text = JSON.stringify({
      format,
      capturedAt: '2026-11-22T13:10:16Z',
      isRoot: false,
      redacted: false,
      unreadable: [
        { path: 'sys/firmware/acpi/tables/DMAR', reason: 'Permission denied' },
        { path: 'sys/x', reason: 'a new reason' },
      ],
      vanished: ['sys/devices/pci0000:00/0000:00:1f.3/config'],
    });
    expect(parseManifest(text)).toEqual({
      capturedAtMs: Date.UTC(2026, 10, 22, 13, 10, 16),
      wasRoot: false,
      isRedacted: false,
      unreadable: new Map([
        ['sys/firmware/acpi/tables/DMAR', 'EACCES'],
        ['sys/x', 'EIO'],
      ]),
      vanished: ['sys/devices/pci0000:00/0000:00:1f.3/config'],
    });
  });

  it('leaves out what has the wrong shape', () => {
    const text = JSON.stringify({
      format,
      capturedAt: 'noon',
      isRoot: 1,
      unreadable: [null, 'x', {}],
      vanished: 7,
    });
    expect(parseManifest(text)).toEqual({
      capturedAtMs: undefined,
      wasRoot: undefined,
      isRedacted: true,
      unreadable: new Map(),
      vanished: [],
    });
  });

  it.each(['', 'null', '[]', '"airlock-snapshot/1"', '{"format":"airlock-snapshot/2"}', '{'])(
    'takes %j as no manifest',
    (text) => expect(parseManifest(text)).toBeUndefined(),
  );
});
