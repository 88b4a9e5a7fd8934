import { z } from 'zod';
import type { Channel, EventName, MethodName } from './channels.ts';
import type { Failure, Result } from './result.ts';
import {
  helperProgressSchema,
  planAnswerSchema,
  planExportSchema,
  planWishSchema,
  receiptIdSchema,
  receiptListSchema,
} from './binding.ts';
import { compareReportSchema } from './compare-report.ts';
import { doctorReportSchema } from './doctor-report.ts';
import { groupsReportSchema } from './groups-report.ts';
import { hostChangedSchema } from './host-change.ts';
import { helperReportSchema } from './helper-report.ts';
import { importReportSchema, libraryListSchema } from './library-report.ts';
import { handedOutSchema } from './handed-out.ts';
import { libraryChangeSchema, libraryEntrySchema } from './library-entry.ts';
import { redactionPreviewSchema } from './redaction-preview.ts';
import { whatifReportSchema } from './whatif-report.ts';
import { vmExportSchema, vmImportSchema, vmMergeSchema, vmTextSchema } from './vm-import.ts';
import { vmOptionsSchema, vmReportSchema, vmTargetSchema } from './vm-report.ts';
import { vmWishSchema } from './vm.ts';
import {
  checkSchema,
  explanationSchema,
  hostSummarySchema,
  hostViewSchema,
  recentSchema,
  sampleSchema,
} from './view.ts';

const hostId = z.string().min(1).max(64);
const jobId = z.string().min(1).max(64);
const address = z.string().max(32);
/** A plan that `plan:make` answered for the host before. */
const madePlan = z.object({ hostId, planId: z.string().regex(/^[0-9a-f]{16}$/) });
/** A snapshot or a case: `12`, `case:NAME`. */
const libraryName = z.string().regex(/^(?:[1-9]\d{0,14}|case:.{1,200})$/);
/** A machine for devices of a host, and how it is written. */
const askedVm = z.object({
  hostId,
  wish: vmWishSchema,
  target: vmTargetSchema,
  options: vmOptionsSchema,
});
const askedReport = z.object({ hostId, format: z.enum(['html', 'md']) });
/** What a copy without names and serials is made of: the file of an open host, or a kept one. */
const askedCopy = z.object({
  jobId,
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('host'), hostId }),
    z.object({ kind: z.literal('kept'), id: z.number().int().positive() }),
  ]),
});
const askedReceipt = z.object({ jobId, hostId, receipt: receiptIdSchema });

/** A file dropped on the window, or a text pasted into it. */
const droppedFileSchema = z.object({
  name: z.string().min(1).max(255),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 256 * 1024 * 1024, {
    message: 'A dropped file may have at most 256 MiB',
  }),
});

/** What a window may ask to open. */
export const openRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live') }),
  /** The collector, started with administrator rights through pkexec. */
  z.object({ kind: z.literal('live-privileged') }),
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
  z.object({ kind: z.literal('sample'), id: z.string().regex(/^[a-z0-9-]{1,64}$/) }),
  droppedFileSchema.extend({ kind: z.literal('bytes') }),
]);

/** What a window may ask to import. */
const importSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
  droppedFileSchema.extend({ kind: z.literal('bytes') }),
]);

export const appInfoSchema = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'serve']),
  isRoot: z.boolean(),
  /** One line that takes a full snapshot of this host, for a terminal. */
  collectCommand: z.string(),
  /** The collector, one file, to copy to another host. */
  collectorPath: z.string(),
  /** Whether `live-privileged` can work here: not root, and pkexec is installed. */
  canElevate: z.boolean(),
  /** Whether `dialog:open-file`, `plan:export` and `vm:export` show the system's dialogs. */
  hasFileDialog: z.boolean(),
});

/**
 * The whole contract between a window and the backend: channel name to the schema of its arguments
 * and of its reply. Both sides take their types from here.
 */
export const contract = {
  'app:info': { args: z.object({}), reply: appInfoSchema },
  'host:open': {
    args: z.object({ jobId, source: openRequestSchema }),
    reply: hostViewSchema,
  },
  'host:list': { args: z.object({}), reply: z.array(hostSummarySchema) },
  'host:get': { args: z.object({ hostId }), reply: hostViewSchema },
  'host:rescan': {
    args: z.object({ jobId, hostId }),
    reply: hostViewSchema,
  },
  /** Asks for `host:changed` for some seconds: a window that shows the host asks again. */
  'host:watch': { args: z.object({ hostId }), reply: z.object({}) },
  'host:close': { args: z.object({ hostId }), reply: z.object({}) },
  'host:explain': { args: z.object({ hostId, bdf: address }), reply: explanationSchema },
  'host:check': {
    args: z.object({ hostId, bdfs: z.array(address).min(1).max(4096) }),
    reply: checkSchema,
  },
  /** Changes as typed on the command line: `move=01:00.0:00:1c.4`. */
  'host:whatif': {
    args: z.object({ hostId, changes: z.array(z.string().min(1).max(512)).min(1).max(64) }),
    reply: whatifReportSchema,
  },
  /** A configuration of a machine with devices of the host. */
  'host:vm': { args: askedVm, reply: vmReportSchema },
  'host:groups': { args: z.object({ hostId }), reply: groupsReportSchema },
  /** Writes the files of a machine where the system's dialog says, or answers them. */
  'vm:export': { args: askedVm, reply: vmExportSchema },
  /** An existing machine, judged against a host. */
  'vm:lint': { args: z.object({ hostId, text: vmTextSchema }), reply: vmImportSchema },
  /** An existing libvirt domain with more devices of a host. */
  'vm:merge': {
    args: z.object({ hostId, text: vmTextSchema, addresses: z.array(address).min(1).max(64) }),
    reply: vmMergeSchema,
  },
  /** The report about a host, for the clipboard. */
  'report:make': { args: askedReport, reply: z.object({ text: z.string() }) },
  /** Writes the report where the system's dialog says, or answers it. */
  'report:export': { args: askedReport, reply: handedOutSchema },
  /** What a copy without names and serials would replace. */
  'redact:preview': { args: askedCopy, reply: redactionPreviewSchema },
  /** Writes the copy where the system's dialog says, or answers it. */
  'redact:export': { args: askedCopy, reply: handedOutSchema },
  'plan:make': { args: planWishSchema.extend({ hostId }), reply: planAnswerSchema },
  /** Writes the plan's folder where the system's dialog says, or answers it as an archive. */
  'plan:export': { args: madePlan, reply: planExportSchema },
  /** `job:cancel` has the helper give everything back. */
  'plan:apply': { args: madePlan.extend({ jobId }), reply: helperReportSchema },
  'receipt:list': { args: z.object({ hostId }), reply: receiptListSchema },
  'receipt:confirm': { args: askedReceipt, reply: helperReportSchema },
  'receipt:undo': { args: askedReceipt, reply: helperReportSchema },
  'receipt:recover': { args: z.object({ jobId, hostId }), reply: helperReportSchema },
  'job:cancel': { args: z.object({ jobId }), reply: z.object({}) },
  'sample:list': { args: z.object({}), reply: z.array(sampleSchema) },
  /** Paths that were opened before, newest first; empty where nothing can be kept. */
  'recent:list': { args: z.object({}), reply: z.array(recentSchema) },
  'recent:forget': {
    args: z.object({ path: z.string().min(1).max(4096) }),
    reply: z.array(recentSchema),
  },
  'dialog:open-file': { args: z.object({}), reply: z.object({ path: z.string().optional() }) },
  /** Words as `airlock library search` takes them; none: everything, newest first. */
  'library:list': {
    args: z.object({
      words: z.array(z.string().min(1).max(200)).max(20),
      limit: z.number().int().min(1).max(100_000),
    }),
    reply: libraryListSchema,
  },
  'library:show': { args: z.object({ name: libraryName }), reply: libraryEntrySchema },
  'library:import': {
    args: z.object({ jobId, source: importSourceSchema }),
    reply: importReportSchema,
  },
  /** Answers what it is after the change. */
  'library:change': {
    args: z.object({ name: libraryName, change: libraryChangeSchema }),
    reply: libraryEntrySchema,
  },
  /** Writes a case, or the file of a snapshot as it was, where the dialog says; or answers it. */
  'library:export': { args: z.object({ name: libraryName }), reply: handedOutSchema },
  'library:remove': { args: z.object({ name: libraryName }), reply: z.object({}) },
  /** Two open hosts; the text is that of `airlock compare`. */
  'host:compare': {
    args: z.object({ before: hostId, after: hostId }),
    reply: z.object({ report: compareReportSchema, text: z.string() }),
  },
  /**
   * Logs of one host, with those that its own source holds where that is asked for; the text is
   * that of `airlock doctor`.
   */
  'doctor:read': {
    args: z
      .object({
        logs: z.array(droppedFileSchema).max(64),
        hostId: hostId.optional(),
        withOwnLogs: z.boolean().default(false),
      })
      .refine(({ logs, withOwnLogs }) => logs.length > 0 || withOwnLogs, 'There is no log'),
    reply: z.object({ report: doctorReportSchema, text: z.string() }),
  },
} as const satisfies Record<Channel, { args: z.ZodType; reply: z.ZodType }>;

/** What the backend tells without being asked. */
export const events = {
  'job:progress': z.object({
    jobId: z.string(),
    /** What is going on, in words: `Reading 0000:41:00.0`. */
    text: z.string(),
    done: z.number(),
    /** `undefined` where the amount is not known. */
    total: z.number().optional(),
  }),
  'helper:progress': helperProgressSchema,
  /** The host that Airlock runs on is not as it was read. */
  'host:changed': hostChangedSchema,
} as const satisfies Record<EventName, z.ZodType>;

export type { Channel, EventName, MethodName } from './channels.ts';
export type Contract = typeof contract;
export type ArgsOf<C extends Channel> = z.infer<Contract[C]['args']>;
export type ReplyOf<C extends Channel> = z.infer<Contract[C]['reply']>;
export type EventOf<E extends EventName> = z.infer<(typeof events)[E]>;
export type AppInfo = z.infer<typeof appInfoSchema>;
export type OpenRequest = z.infer<typeof openRequestSchema>;

/** Codes of failures that cross the contract. */
export type FailureCode =
  | 'bad-arguments'
  | 'unknown-host'
  | 'unknown-function'
  | 'cannot-open'
  | 'cancelled'
  | 'not-available'
  /** Another helper works on the host. */
  | 'busy'
  | 'disconnected'
  | 'internal';

export type Reply<C extends Channel> = Result<ReplyOf<C>, Failure<FailureCode>>;

/** What the preload script exposes as `window.airlock`: one named function for each channel. */
export type AirlockApi = {
  readonly [C in Channel as MethodName<C>]: (args: ArgsOf<C>) => Promise<Reply<C>>;
} & {
  /** Calls the listener with each event; returns the function that ends it. */
  readonly onEvent: (listener: (name: EventName, payload: unknown) => void) => () => void;
};
