import type { OpenRequest } from '../../shared/contract.ts';
import type { RecentView } from '../../shared/view.ts';
import type { RecentSources } from '../library/recent-sources.ts';
import { libraryFile } from './data-dir.ts';
import type { Platform } from './platform.ts';

/**
 * The paths that were opened before. The store is opened when it is first needed, and where it
 * cannot be had, nothing is kept: reading hosts never fails because of it.
 */
export class RecentShelf {
  readonly #dataDir: string | undefined;
  #store: Promise<RecentSources | undefined> | undefined;

  constructor(platform: Platform) {
    this.#dataDir = platform.dataDir;
  }

  async list(): Promise<RecentView[]> {
    return (await this.#opened())?.list() ?? [];
  }

  /** Only paths are kept, and hosts by name: the library has a list of its own. */
  async remember(request: OpenRequest, title: string): Promise<void> {
    if (request.kind !== 'path' || request.path.startsWith('library:')) return;
    (await this.#opened())?.remember({ path: request.path, title, openedAtMs: Date.now() });
  }

  async forget(path: string): Promise<RecentView[]> {
    (await this.#opened())?.forget(path);
    return this.list();
  }

  async close(): Promise<void> {
    (await this.#store)?.close();
    this.#store = undefined;
  }

  #opened(): Promise<RecentSources | undefined> {
    this.#store ??= openStore(this.#dataDir);
    return this.#store;
  }
}

async function openStore(dataDir: string | undefined): Promise<RecentSources | undefined> {
  if (dataDir === undefined) return undefined;
  try {
    // The native module is loaded here and nowhere else; a package without it still works.
    const { openRecentSources } = await import('../library/recent-sources.ts');
    const store = openRecentSources(libraryFile(dataDir));
    return store.ok ? store.value : undefined;
  } catch {
    return undefined;
  }
}
