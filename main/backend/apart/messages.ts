import type { EventName } from '../../../shared/channels.ts';
import type { FailureCode } from '../../../shared/contract.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import type { Platform } from '../platform.ts';

/** What a shell tells of itself; what it can do besides is asked of it. */
export interface Setup extends Pick<Platform, 'shell' | 'assetsDir' | 'version' | 'dataDir'> {
  readonly dialogs: readonly DialogKind[];
}

/** A dialog of the system; that for a folder says what the folder is for. */
export type Asked =
  { readonly dialog: 'file' } | { readonly dialog: 'folder'; readonly title: string };

export type DialogKind = Asked['dialog'];

/** From the shell to the process of its backend. The first one is `start`. */
export type ToBackend =
  | { readonly kind: 'start'; readonly setup: Setup }
  | { readonly kind: 'call'; readonly id: number; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'chosen'; readonly id: number; readonly path: string | undefined }
  | { readonly kind: 'close' };

/** From the process of the backend to its shell. */
export type FromBackend =
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly reply: Result<unknown, Failure<FailureCode>>;
    }
  | { readonly kind: 'event'; readonly name: EventName; readonly payload: unknown }
  | { readonly kind: 'ask'; readonly id: number; readonly asked: Asked }
  | { readonly kind: 'closed' };

/** A process that was started, as its parent has it. Messages are cloned and keep their order. */
export interface ProcessLink {
  send(message: ToBackend): void;
  onMessage(listener: (message: FromBackend) => void): void;
  onEnd(listener: () => void): void;
  /** Ends it without waiting: the kernel may hold one of its threads. */
  kill(): void;
}
