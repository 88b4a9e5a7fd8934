import type { EventOf } from '../../../shared/contract.ts';
import type { HostChange } from '../../../shared/host-change.ts';
import type { Result } from '../../../shared/result.ts';
import { openLiveSource } from '../../host/live-source.ts';
import { bindingsOf, readBindings, type Bindings } from '../../host/read-bindings.ts';
import type { HostShelf, OpenedHost } from '../host-shelf.ts';
import type { JobList } from '../job-list.ts';
import { openRequested } from '../open-requested.ts';
import type { Platform } from '../platform.ts';
import { findChanges } from './find-changes.ts';
import { pauseAfter } from './pause-after.ts';

/** How long a window's wish to be told lasts. It asks again sooner, as long as somebody looks. */
const WISH_MS = 10_000;
export interface LiveWatchOptions {
  readonly platform: Platform;
  readonly shelf: HostShelf;
  readonly jobs: JobList;
  /** Other eyes and less patience, for tests. */
  readonly look?: () => Result<Bindings, unknown>;
  readonly pauseMs?: number;
}

/**
 * Sees functions come, go and change hands on the host that we run on, and reads it again then.
 *
 * Uevents need netlink, which Node does not have, and inotify tells nothing of sysfs, so this looks
 * again and again, and only while a window asks for it.
 */
export class LiveWatch {
  readonly #options: LiveWatchOptions;
  readonly #look: () => Result<Bindings, unknown>;
  readonly #closing = new AbortController();
  #hostId = '';
  #untilMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What was told last: a difference that reading again does not settle is told once. */
  #told = '';

  constructor(options: LiveWatchOptions) {
    this.#options = options;
    this.#look = options.look ?? (() => readBindings(openLiveSource(0)));
  }

  /** Looks after a host for some seconds from now on. Any other than this one never changes. */
  watch(hostId: string): void {
    this.#hostId = hostId;
    this.#untilMs = performance.now() + WISH_MS;
    if (this.#timer === undefined) this.#lookIn(0);
  }

  close(): void {
    this.#untilMs = 0;
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #lookIn(pauseMs: number): void {
    this.#timer = setTimeout(() => void this.#lookNow(), pauseMs).unref();
  }

  async #lookNow(): Promise<void> {
    const opened = this.#options.shelf.get(this.#hostId);
    const isWanted = performance.now() < this.#untilMs;
    if (!isWanted || opened?.analysis.host.source.kind !== 'live') {
      this.#timer = undefined;
      return;
    }
    const before = process.cpuUsage();
    // What is under way changes the host, and reads it at its end.
    const changes = this.#options.jobs.isIdle ? this.#changesOf(opened) : undefined;
    const { user, system } = process.cpuUsage(before);
    if (changes !== undefined) await this.#tellOnce(opened, changes);
    this.#lookIn(this.#options.pauseMs ?? pauseAfter((user + system) / 1000));
  }

  #changesOf({ analysis }: OpenedHost): readonly HostChange[] | undefined {
    const now = this.#look();
    return now.ok ? findChanges(bindingsOf(analysis.host), now.value) : undefined;
  }

  async #tellOnce(opened: OpenedHost, changes: readonly HostChange[]): Promise<void> {
    const key = changes.length === 0 ? '' : JSON.stringify(changes);
    if (key === this.#told) return;
    this.#told = key;
    if (key !== '') await this.#tell(opened, changes);
  }

  async #tell(opened: OpenedHost, changes: readonly HostChange[]): Promise<void> {
    const atMs = Date.now();
    const failed = await this.#readAgain(opened).catch(String);
    if (this.#closing.signal.aborted) return;
    const event: EventOf<'host:changed'> = {
      hostId: opened.hostId,
      atMs,
      changes: [...changes],
      isRead: failed === undefined,
      ...(failed !== undefined && { reason: failed }),
    };
    this.#options.platform.emit('host:changed', event);
  }

  /** @returns Why it was not read again. */
  async #readAgain({ request, hostId }: OpenedHost): Promise<string | undefined> {
    if (request.kind !== 'live') return WITH_RIGHTS;
    const { platform, shelf } = this.#options;
    const job = { signal: this.#closing.signal, progress: () => undefined };
    const again = await openRequested(request, platform, job);
    if (!again.ok) return again.error.message;
    // Closed in the meantime: nobody wants it back.
    if (shelf.get(hostId) !== undefined) shelf.put(request, again.value, hostId);
    return undefined;
  }
}

/** Reading with rights asks for a password, which must not happen by itself. */
const WITH_RIGHTS =
  'What is shown was read with administrator rights, which Airlock does not ask for by itself: Rescan reads it again';
