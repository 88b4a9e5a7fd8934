import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDeviceNames } from '../../main/backend/device-names.ts';
import { importFile } from '../../main/backend/import-files.ts';
import { UNWATCHED } from '../../main/backend/job-list.ts';
import { Library } from '../../main/library/library.ts';
import { openDatabase } from '../../main/library/open-database.ts';
import { madeSnapshot } from '../support/made-snapshot.ts';

const SNAPSHOTS = 10_000;
const FUNCTIONS = 48;

/** What people look for: what is rare, what everything has, and both together. */
const SEARCHES: readonly (readonly string[])[] = [
  ['10de:0042'],
  ['8086:0000'],
  ['driver:pcieport', 'kernel:6.12'],
  ['board:strix', 'tag:open'],
  ['finding:code-3', '10de:0007', 'geforce'],
  ['intel'],
  ['geforce', 'corporation'],
  ['slow'],
  ['ge'],
  ['nowhere'],
  [],
];

export interface SearchTimes {
  readonly snapshots: number;
  readonly worst: { readonly words: string; readonly ms: number };
  readonly medianMs: number;
}

/** Fills a library and searches it; the worst of the searches counts, each by its median. */
export function searchTimes(folder: string, rounds: number): SearchTimes {
  const database = openDatabase(join(folder, 'search.db'));
  // Only what is searched is measured here.
  database.pragma('synchronous = OFF');
  const library = new Library(database);
  try {
    fill(library);
    const times = SEARCHES.map((words) => ({
      words: words.join(' '),
      ms: medianOf(rounds, () => library.search(words, 50)),
    })).toSorted((a, b) => b.ms - a.ms);
    const [worst = { words: '', ms: NaN }] = times;
    return { snapshots: SNAPSHOTS, worst, medianMs: times[times.length >> 1]?.ms ?? NaN };
  } finally {
    library.close();
  }
}

const TOP = join(import.meta.dirname, '../..');
const HOSTS = join(TOP, 'test/fixtures/hosts');
const IMPORTS = 1000;

/** Imports the recorded hosts again and again, each time as other bytes, synced one by one. */
export async function importSeconds(folder: string): Promise<{ count: number; seconds: number }> {
  const library = new Library(openDatabase(join(folder, 'imports.db')));
  const importing = {
    library,
    names: loadDeviceNames(join(TOP, 'assets')),
    job: UNWATCHED,
    nowMs: 0,
  };
  const hosts = readdirSync(HOSTS).map((name) =>
    readFileSync(join(HOSTS, name, 'snapshot.tar.gz')),
  );
  const startedMs = performance.now();
  for (let at = 0; at < IMPORTS; at++) {
    const bytes = Buffer.from(hosts[at % hosts.length] ?? '');
    // The time in the head of a gzip file (RFC 1952, 2.3): no reader looks at it.
    bytes.writeUInt32LE(at, 4);
    const path = join(folder, 'host.tar.gz');
    writeFileSync(path, bytes);
    const imported = await importFile(path, importing);
    if (!imported.ok) throw new Error(imported.error.message);
    if (imported.value[0]?.isNew !== true) throw new Error('The same bytes came twice');
  }
  library.close();
  return { count: IMPORTS, seconds: (performance.now() - startedMs) / 1000 };
}

function medianOf(rounds: number, work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return times.toSorted((a, b) => a - b)[rounds >> 1] ?? NaN;
}

function fill(library: Library): void {
  for (let at = 0; at < SNAPSHOTS; at++) {
    const { id } = library.add(
      madeSnapshot({
        name: `host-${at}.tar.gz`,
        bytes: randomBytes(64),
        terms: termsOf(at),
        text: {
          board: ['ASUSTeK ROG STRIX X570-E', 'Supermicro X11SSH-F', 'Dell 0Y2D60'][at % 3] ?? '',
          devices: devicesOf(at),
          other: 'Debian GNU/Linux 13 (trixie) quiet intel_iommu=on iommu=pt',
        },
      }),
    );
    if (at % 10 === 0) library.addTag({ snapshotId: id }, 'open');
    if (at % 100 === 0)
      library.addNote({ snapshotId: id }, { text: 'it is slow', writtenAtMs: at });
  }
}

function termsOf(at: number) {
  const ids = Array.from({ length: FUNCTIONS }, (_, fn) => {
    // The chipset is the same everywhere, the last ones differ from host to host.
    const number = fn < 40 ? fn : (at * 7 + fn) % 997;
    return `${fn < 40 ? '8086' : '10de'}:${number.toString(16).padStart(4, '0')}`;
  });
  const drivers = ['pcieport', 'ahci', 'xhci_hcd', at % 5 === 0 ? 'vfio-pci' : 'nouveau'];
  return [
    ...ids.map((value) => ({ kind: 'id' as const, value })),
    ...drivers.map((value) => ({ kind: 'driver' as const, value })),
    { kind: 'kernel' as const, value: at % 2 === 0 ? '6.12' : '6.1' },
    { kind: 'finding' as const, value: `code-${at % 20}` },
  ];
}

function devicesOf(at: number): string {
  return Array.from(
    { length: FUNCTIONS },
    (_, fn) => `Intel Corporation Controller ${fn} NVIDIA Corporation GeForce ${(at + fn) % 4000}`,
  ).join(' ');
}
