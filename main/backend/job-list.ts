import type { Platform } from './platform.ts';

/** What a long piece of work needs: to say how far it is, and to learn that nobody waits. */
export interface Job {
  readonly signal: AbortSignal;
  progress(text: string, done: number, total?: number): void;
  /** Called with each path before it is touched, where somebody wants to know. */
  readonly at?: (path: string) => void;
}

/** A job that nobody watches and nobody cancels. */
export const UNWATCHED: Job = { signal: new AbortController().signal, progress: () => undefined };

/** At most this many progress messages a second reach a window. */
const PROGRESS_INTERVAL_MS = 60;

/** The jobs that run now, by the id that the window gave them. */
export class JobList {
  readonly #running = new Map<string, AbortController>();
  readonly #emit: Platform['emit'];

  constructor(emit: Platform['emit']) {
    this.#emit = emit;
  }

  /** Whether nothing is under way. */
  get isIdle(): boolean {
    return this.#running.size === 0;
  }

  start(jobId: string): Job {
    const controller = new AbortController();
    this.#running.set(jobId, controller);
    let lastMs = 0;
    return {
      signal: controller.signal,
      progress: (text, done, total) => {
        const nowMs = Date.now();
        if (nowMs - lastMs < PROGRESS_INTERVAL_MS && done !== total) return;
        lastMs = nowMs;
        this.#emit('job:progress', { jobId, text, done, ...(total !== undefined && { total }) });
      },
    };
  }

  finish(jobId: string): void {
    this.#running.delete(jobId);
  }

  cancel(jobId: string): void {
    this.#running.get(jobId)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }
}
