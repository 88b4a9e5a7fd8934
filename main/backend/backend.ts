import { contract, type Channel, type FailureCode, type Reply } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { canElevate, isRoot } from './privilege.ts';
import { checkView } from './check-view.ts';
import { collectCommand } from './collect.ts';
import { collectorPath } from './collector-path.ts';
import { explanationView } from './explanation-view.ts';
import { groupsReport } from './groups-report.ts';
import { HostShelf, type OpenedHost } from './host-shelf.ts';
import { hostView } from './host-view.ts';
import { JobList } from './job-list.ts';
import { LiveWatch } from './live/live-watch.ts';
import { openRequested } from './open-requested.ts';
import type { Platform } from './platform.ts';
import { RecentShelf } from './recent-shelf.ts';
import { listSamples } from './samples.ts';
import { bindingHandlers } from './binding-handlers.ts';
import { libraryHandlers } from './library-handlers.ts';
import { supportHandlers } from './support-handlers.ts';
import { PlanShelf } from './plan-shelf.ts';
import { redactHandlers } from './redact-requests.ts';
import { reportHandlers } from './report-handlers.ts';
import { noHost, withHost, type Handlers, type Session } from './session.ts';
import { vmHandlers } from './vm-handlers.ts';
import { whatifView } from './whatif-view.ts';

export interface Backend {
  /**
   * Answers one request of a window.
   *
   * @param channel - A name of the contract; anything else is refused.
   * @param args - Not trusted: parsed by the channel's schema first.
   * @returns Never throws: a failure is a value with a code and a sentence.
   */
  call(channel: string, args: unknown): Promise<Result<unknown, Failure<FailureCode>>>;
  close(): Promise<void>;
}

/** Builds the backend that all windows of one shell share. */
export function createBackend(platform: Platform): Backend {
  const shelf = new HostShelf();
  const jobs = new JobList(platform.emit);
  const session: Session = {
    platform,
    shelf,
    jobs,
    live: new LiveWatch({ platform, shelf, jobs }),
    recent: new RecentShelf(platform),
    plans: new PlanShelf(),
  };
  return {
    call: (channel, args) => dispatch(session, channel, args),
    close: async () => {
      session.live.close();
      session.jobs.cancelAll();
      await session.recent.close();
    },
  };
}

async function dispatch(session: Session, channel: string, args: unknown) {
  if (!Object.hasOwn(contract, channel)) {
    return failure(
      'bad-arguments',
      `No request has the name ${JSON.stringify(channel.slice(0, 64))}`,
    );
  }
  const name = channel as Channel;
  const parsed = contract[name].args.safeParse(args);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return failure(
      'bad-arguments',
      `${name}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong arguments'}`,
    );
  }
  const handler = handlers[name] as (session: Session, args: unknown) => Promise<Reply<Channel>>;
  try {
    return await handler(session, parsed.data);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('internal', `Airlock failed at ${name}: ${reason}`);
  }
}

const handlers: Handlers = {
  'app:info': async ({ platform }) =>
    ok({
      version: platform.version,
      shell: platform.shell,
      isRoot: isRoot(),
      collectCommand: collectCommand(platform.assetsDir),
      collectorPath: collectorPath(platform.assetsDir),
      canElevate: await canElevate(),
      hasFileDialog: platform.openFileDialog !== undefined,
    }),
  'host:open': (session, { jobId, source }) => openHost(session, jobId, { request: source }),
  'host:list': ({ shelf }) => ok(shelf.summaries()),
  'host:get': ({ shelf }, { hostId }) => withHost(shelf, hostId, (opened) => ok(hostView(opened))),
  'host:rescan': (session, { jobId, hostId }) => rescan(session, jobId, hostId),
  'host:watch': ({ live }, { hostId }) => {
    live.watch(hostId);
    return ok({});
  },
  'host:close': ({ shelf }, { hostId }) => {
    shelf.remove(hostId);
    return ok({});
  },
  'host:explain': ({ shelf }, { hostId, bdf }) =>
    withHost(shelf, hostId, (opened) => explanationView(opened, bdf)),
  'host:check': ({ shelf }, { hostId, bdfs }) =>
    withHost(shelf, hostId, (opened) => checkView(opened.analysis, bdfs)),
  'host:whatif': ({ shelf }, { hostId, changes }) =>
    withHost(shelf, hostId, ({ analysis }) => whatifView(analysis, changes)),
  'host:groups': ({ shelf }, { hostId }) =>
    withHost(shelf, hostId, ({ analysis }) => ok(groupsReport(analysis))),
  ...reportHandlers,
  ...redactHandlers,
  ...bindingHandlers,
  ...vmHandlers,
  'job:cancel': ({ jobs }, { jobId }) => {
    jobs.cancel(jobId);
    return ok({});
  },
  'sample:list': ({ platform }) => listSamples(platform.assetsDir),
  'recent:list': async ({ recent }) => ok(await recent.list()),
  'recent:forget': async ({ recent }, { path }) => ok(await recent.forget(path)),
  ...libraryHandlers,
  ...supportHandlers,
  'dialog:open-file': async ({ platform }) => {
    if (platform.openFileDialog === undefined) {
      return failure(
        'not-available',
        'This window has no file dialog: type a path or drop the file',
      );
    }
    const path = await platform.openFileDialog();
    return ok(path === undefined ? {} : { path });
  },
};

async function openHost(
  session: Session,
  jobId: string,
  wish: { readonly request: OpenedHost['request']; readonly hostId?: string },
) {
  const job = session.jobs.start(jobId);
  try {
    const opened = await openRequested(wish.request, session.platform, job);
    if (!opened.ok) return opened;
    const view = hostView(session.shelf.put(wish.request, opened.value, wish.hostId));
    await session.recent.remember(wish.request, view.title);
    return ok(view);
  } finally {
    session.jobs.finish(jobId);
  }
}

function rescan(session: Session, jobId: string, hostId: string) {
  const opened = session.shelf.get(hostId);
  if (opened === undefined) return noHost(hostId);
  return openHost(session, jobId, { request: opened.request, hostId });
}
