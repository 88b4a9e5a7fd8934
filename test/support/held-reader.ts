import { workerData } from 'node:worker_threads';
import { Heartbeat } from '../../main/backend/reading/heartbeat.ts';
import type { Reading } from '../../main/backend/reading/reader-thread.ts';

/** A thread that a kernel keeps waiting: it says where it is, and nothing else any more. */
new Heartbeat((workerData as Reading).heartbeat).beat('sys/devices/held/driver_override');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
