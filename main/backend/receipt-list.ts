import { readFileSync } from 'node:fs';
import { receiptStateSchema, type ReceiptList, type ReceiptView } from '../../shared/binding.ts';
import type { FailureCode } from '../../shared/contract.ts';
import type { HelperReport } from '../../shared/helper-report.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import { findSeat } from './helper-seat.ts';
import type { OpenedHost } from './host-shelf.ts';
import { readReceiptFolder, type ReceiptFolder } from './receipt-folder.ts';
import type { Session } from './session.ts';

type ToldReceipt = HelperReport['receipts'][number];

/** Lists what was done on a host, as the helper there tells it. */
export async function listReceipts(
  { platform }: Session,
  opened: OpenedHost,
): Promise<Result<ReceiptList, Failure<FailureCode>>> {
  const { way, run } = await findSeat(opened, platform.assetsDir);
  if (way.kind === 'elsewhere') return ok({ way, receipts: [], problems: [] });
  const status = await run({ verb: 'status', receipt: undefined }, { onEvent: () => undefined });
  if (!status.ok) return status;
  const { receipts, problems } = status.value;
  const isHere = way.kind !== 'over-ssh';
  const views = receipts.map(async (told) =>
    receiptView(told, isHere ? await readReceiptFolder(told.id) : undefined),
  );
  return ok({ way, receipts: (await Promise.all(views)).toReversed(), problems });
}

/**
 * One receipt for people.
 *
 * @param folder - Left out for a host over SSH, whose helper tells what it holds only.
 */
export function receiptView(told: ToldReceipt, folder: ReceiptFolder | undefined): ReceiptView {
  const state = receiptStateSchema.catch('damaged').parse(told.state);
  const { id } = told;
  const secondsLeft = told.secondsLeft ?? (isOver(state, folder) ? 0 : undefined);
  return {
    id,
    state,
    ...(folder && { begunAtMs: folder.begunAtMs, changedAtMs: folder.changedAtMs }),
    when: whenOf(folder),
    ...(secondsLeft !== undefined && { secondsLeft }),
    canConfirm: told.secondsLeft !== undefined || waitsAfterBoot(state, folder),
    waitsForBoot: told.waitsForBoot === true,
    functions: folder === undefined ? toldFunctions(told) : plannedFunctions(told, folder),
    arguments: argumentsOf(told, folder),
  };
}

function whenOf(folder: ReceiptFolder | undefined): ReceiptView['when'] {
  const has = (kind: string) => folder?.steps.some((step) => step.kind === kind) === true;
  return [
    ...(has('driver') ? ['now' as const] : []),
    ...(has('function') || has('arguments') ? ['boot' as const] : []),
  ];
}

/** The helper tells no time where its timer is at work. */
function isOver(state: ReceiptView['state'], folder: ReceiptFolder | undefined): boolean {
  return state === 'applied' && hasTimer(folder, 'run') && folder?.bootId === thisBoot();
}

/** As the helper's `confirm_now`: what a boot does can be confirmed after that boot only. */
function waitsAfterBoot(state: ReceiptView['state'], folder: ReceiptFolder | undefined): boolean {
  const isOpen = state === 'applied' || state === 'kept';
  return isOpen && hasTimer(folder, 'boot') && folder?.bootId !== thisBoot();
}

function hasTimer(folder: ReceiptFolder | undefined, when: 'run' | 'boot'): boolean {
  return folder?.steps.some((step) => step.kind === 'timer' && step.when === when) === true;
}

function toldFunctions({ functions }: ToldReceipt): ReceiptView['functions'] {
  return functions.map(({ bdf, driver, planned }) => ({ bdf, driver, to: planned }));
}

/** The helper looks at arguments after the boot only; before it the plan tells them. */
function argumentsOf(told: ToldReceipt, folder: ReceiptFolder | undefined) {
  const planned = (folder?.steps ?? []).flatMap((step) =>
    step.kind === 'arguments' ? step.arguments.map((word) => ({ word })) : [],
  );
  return told.arguments ?? planned;
}

function plannedFunctions(told: ToldReceipt, { steps }: ReceiptFolder): ReceiptView['functions'] {
  const now = new Map(told.functions.map(({ bdf, driver }) => [bdf, driver]));
  const views = new Map<string, ReceiptView['functions'][number]>();
  for (const step of steps) {
    if (step.kind !== 'driver' && step.kind !== 'function') continue;
    const { bdf } = step.card;
    const driver = now.get(bdf);
    const from = step.kind === 'driver' ? (step.from ?? 'none') : views.get(bdf)?.from;
    views.set(bdf, {
      bdf,
      to: step.to,
      ...(from !== undefined && { from }),
      ...(driver !== undefined && { driver }),
    });
  }
  return [...views.values()];
}

function thisBoot(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
