import ELK from 'elkjs/lib/elk-api.js';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

/** One worker for the life of the window; it starts with the first picture. */
let engine: InstanceType<typeof ELK> | undefined;

/** Lays a picture out in a worker: the window stays free however large the host is. */
export function computeLayout(question: ElkNode): Promise<ElkNode> {
  engine ??= new ELK({ workerUrl });
  return engine.layout(question);
}
