import type { Channel } from '../../shared/contract.ts';
import { driveJob } from './drive-job.ts';
import { applyRequested, exportRequested, planRequested } from './plan-requests.ts';
import { listReceipts } from './receipt-list.ts';
import { withHost, type Handlers } from './session.ts';

type BindingChannel = Extract<Channel, `plan:${string}` | `receipt:${string}`>;

/** The channels about plans and receipts. */
export const bindingHandlers: Handlers<BindingChannel> = {
  'plan:make': (session, args) =>
    withHost(session.shelf, args.hostId, (opened) => planRequested(session, opened, args)),
  'plan:export': (session, args) =>
    withHost(session.shelf, args.hostId, (opened) => exportRequested(session, opened, args)),
  'plan:apply': (session, args) =>
    withHost(session.shelf, args.hostId, (opened) => applyRequested(session, opened, args)),
  'receipt:list': (session, { hostId }) =>
    withHost(session.shelf, hostId, (opened) => listReceipts(session, opened)),
  'receipt:confirm': (session, { jobId, hostId, receipt }) =>
    withHost(session.shelf, hostId, (opened) =>
      driveJob(session, opened, jobId, { verb: 'confirm', receipt }),
    ),
  'receipt:undo': (session, { jobId, hostId, receipt }) =>
    withHost(session.shelf, hostId, (opened) =>
      driveJob(session, opened, jobId, { verb: 'undo', receipt }),
    ),
  'receipt:recover': (session, { jobId, hostId }) =>
    withHost(session.shelf, hostId, (opened) =>
      driveJob(session, opened, jobId, { verb: 'recover' }),
    ),
};
