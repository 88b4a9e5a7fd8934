import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { OpenRequest } from '../../../shared/contract.ts';
import { failure } from '../../../shared/result.ts';
import type { Job } from '../job-list.ts';
import type { ReadResult } from '../read-source.ts';
import { Heartbeat } from './heartbeat.ts';
import type { ReadFolders } from './read-requested.ts';
import type { ReaderMessage, Reading } from './reader-thread.ts';

/** What tests set: another thread, and less patience. */
export interface ReaderOptions {
  readonly entry?: URL;
  readonly patienceMs?: number;
}

/** How often a reading is looked after. */
const LOOK_MS = 200;
/** A file of a running kernel is there at once; a device that sleeps takes seconds to wake up. */
const LIVE_PATIENCE_MS = 10_000;
/** Between two paths lie decompressing and parsing as well, which have limits of their own. */
const PATIENCE_MS = 120_000;
/** How long a person who cancels waits for the thread to say what became of it. */
const CANCEL_ANSWER_MS = 500;
/** How long a reading that was cancelled may take to end what it has started, such as ssh. */
const CANCEL_GRACE_MS = 5_000;
/** Threads that the kernel still holds; each costs memory until it lets go. */
const MOST_HELD = 4;

/** The threads that were given up and have not ended, with the path that each is at. */
const held = new Map<Worker, string>();

/** In the bundle the thread's file lies beside this one; in the sources too. */
const ENTRY = new URL(`./reader-thread${extname(import.meta.filename)}`, import.meta.url);

/**
 * Reads what a window asked for, in a thread of its own, so that neither a large archive nor a
 * kernel that gives no answer keeps anything else waiting.
 *
 * @param job - Cancelling it is answered within half a second, whatever the thread does.
 * @returns Fails where one path takes longer than patience lasts, naming it: while somebody holds
 *   a device's lock, reading its `driver_override` waits without end (Linux v6.12
 *   drivers/pci/pci-sysfs.c, `driver_override_show()`). The thread is left to itself then.
 */
export function readInThread(
  request: OpenRequest,
  folders: ReadFolders,
  job: Job,
  options: ReaderOptions = {},
): Promise<ReadResult> {
  const [stuckAt] = held.values();
  if (stuckAt !== undefined && held.size >= MOST_HELD) return Promise.resolve(heldFailure(stuckAt));
  const heartbeat = new Heartbeat();
  const reading: Reading = { request, folders, heartbeat: heartbeat.memory };
  const worker = new Worker(options.entry ?? ENTRY, { workerData: reading });
  return new Promise((resolve) => {
    const end = (result: ReadResult) => {
      clearInterval(looking);
      job.signal.removeEventListener('abort', cancel);
      resolve(result);
      leave(worker, heartbeat);
    };
    const looking = setInterval(
      lookAfter(heartbeat, options.patienceMs ?? patienceFor(request), end),
      LOOK_MS,
    );
    const cancel = () => {
      const cancelled = failure('cancelled', 'Reading was cancelled');
      worker.postMessage('cancel');
      setTimeout(resolve, CANCEL_ANSWER_MS, cancelled);
      setTimeout(end, CANCEL_GRACE_MS, cancelled).unref();
    };
    if (job.signal.aborted) cancel();
    else job.signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: ReaderMessage) => {
      if (message.kind === 'result') end(message.result);
      else job.progress(message.text, message.done, message.total);
    });
    worker.once('error', (error: Error) => end(brokenFailure(error.message)));
    worker.once('exit', () => end(brokenFailure('it ended without a result')));
  });
}

function patienceFor({ kind }: OpenRequest): number {
  return kind === 'live' ? LIVE_PATIENCE_MS : PATIENCE_MS;
}

/** Counts looks, not time: a computer that slept has not waited. */
function lookAfter(heartbeat: Heartbeat, patienceMs: number, end: (result: ReadResult) => void) {
  let seen = 0;
  let quietLooks = 0;
  return () => {
    const { count, path } = heartbeat.read();
    quietLooks = count === seen ? quietLooks + 1 : 0;
    seen = count;
    // Before the first path, the thread waits for people and for other hosts.
    if (count > 0 && quietLooks * LOOK_MS >= patienceMs) end(gaveUp(path, patienceMs));
  };
}

/** A thread that waits in the kernel ends when the kernel lets go; nothing waits for it. */
function leave(worker: Worker, heartbeat: Heartbeat): void {
  if (worker.threadId === GONE || held.has(worker)) return;
  worker.unref();
  held.set(worker, heartbeat.read().path);
  worker.once('exit', () => held.delete(worker));
  void worker.terminate();
}

/** What Node gives as the id of a thread that has ended. */
const GONE = -1;

function gaveUp(path: string, patienceMs: number) {
  const text = `Gave up reading: no answer for /${path} in ${patienceMs / 1000} seconds. Something holds it, such as a device that is being taken from its driver while a program uses it: end that program, then read again`;
  return failure('cannot-open', text);
}

function heldFailure(path: string) {
  const text = `Earlier readings still wait for an answer, the first one for /${path}: read again once the kernel has given it`;
  return failure('cannot-open', text);
}

function brokenFailure(reason: string) {
  return failure('internal', `The reading failed: ${reason}`);
}
