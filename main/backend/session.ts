import type { ArgsOf, Channel, FailureCode, Reply } from '../../shared/contract.ts';
import { failure, type Failure, type Result } from '../../shared/result.ts';
import type { HostShelf, OpenedHost } from './host-shelf.ts';
import type { JobList } from './job-list.ts';
import type { LiveWatch } from './live/live-watch.ts';
import type { PlanShelf } from './plan-shelf.ts';
import type { Platform } from './platform.ts';
import type { RecentShelf } from './recent-shelf.ts';

/** What the windows of one shell share. */
export interface Session {
  readonly platform: Platform;
  readonly shelf: HostShelf;
  readonly plans: PlanShelf;
  readonly jobs: JobList;
  readonly live: LiveWatch;
  readonly recent: RecentShelf;
}

/** One answer for each of the channels. */
export type Handlers<C extends Channel = Channel> = {
  readonly [K in C]: (session: Session, args: ArgsOf<K>) => Promise<Reply<K>> | Reply<K>;
};

/** Uses a host that is open. */
export function withHost<T>(
  shelf: HostShelf,
  hostId: string,
  use: (opened: OpenedHost) => T,
): T | Result<never, Failure<FailureCode>> {
  const opened = shelf.get(hostId);
  return opened === undefined ? noHost(hostId) : use(opened);
}

export function noHost(hostId: string) {
  return failure(
    'unknown-host',
    `No host with the id ${hostId} is open: it was closed, or Airlock was started again`,
  );
}
