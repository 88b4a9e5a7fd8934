import { parentPort, workerData } from 'node:worker_threads';
import type { OpenRequest } from '../../../shared/contract.ts';
import { JobList } from '../job-list.ts';
import type { ReadResult } from '../read-source.ts';
import { Heartbeat } from './heartbeat.ts';
import { readRequested, type ReadFolders } from './read-requested.ts';

/** What a reading thread is started with. */
export interface Reading {
  readonly request: OpenRequest;
  readonly folders: ReadFolders;
  readonly heartbeat: SharedArrayBuffer;
}

/** What it says. The only thing that is said to it is to stop. */
export type ReaderMessage =
  | { readonly kind: 'progress'; readonly text: string; readonly done: number; total?: number }
  | { readonly kind: 'result'; readonly result: ReadResult };

/** The entry of a thread that reads one host. */
if (parentPort !== null) await readOne(workerData as Reading, parentPort);

type Port = NonNullable<typeof parentPort>;

async function readOne({ request, folders, heartbeat }: Reading, port: Port): Promise<void> {
  const say = (message: ReaderMessage) => port.postMessage(message);
  const jobs = new JobList((_name, payload) =>
    say({ kind: 'progress', ...(payload as { text: string; done: number; total?: number }) }),
  );
  const beats = new Heartbeat(heartbeat);
  const job = { ...jobs.start('reading'), at: (path: string) => beats.beat(path) };
  port.once('message', () => jobs.cancelAll());
  const result = await readRequested(request, folders, job);
  say({ kind: 'result', result });
  // What the reading had started to listen to does not keep the thread.
  port.close();
}
