import type { BootFacts } from '../../../shared/boot-facts.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { ARGUMENT_PARTS } from './arguments-part.ts';
import type {
  BootFunction,
  BootOptions,
  BootPart,
  BootPlan,
  BootProblem,
  Proof,
} from './boot-plan.ts';
import type { ArgumentMechanism, InitramfsStack } from './boot-stacks.ts';
import {
  EMPTY_PART,
  vfioIds,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';
import { bindsBy } from './binds-by.ts';
import { reverseChange } from './change-file.ts';
import { deadManPart } from './dead-man-part.ts';
import { detectBoot } from './detect.ts';
import type { Detected } from './detected.ts';
import { grubEntryPart } from './grub.ts';
import { INITRAMFS_PARTS } from './initramfs-part.ts';
import { orderSteps } from './order-steps.ts';

/**
 * Plans what has functions belong to VFIO from the next boot on.
 *
 * @param functions - Whole groups: nothing is added here. None where only arguments are asked for.
 * @returns Steps for the helper where it drives what the host uses, and instructions where it does
 *   not; a host can need both. Fails where files do not show what the host uses, and nothing in
 *   `options` says it.
 */
export function planBoot(
  facts: BootFacts,
  functions: readonly BootFunction[],
  options: BootOptions,
): Result<BootPlan, Failure<BootProblem>> {
  const { arguments: asked } = options;
  if (functions.length + asked.length === 0) {
    return failure('no-functions', 'Cannot plan the boot: no function and no argument');
  }
  const detection = detectBoot(facts);
  const wish = { facts, functions, options };
  const binding = planFunctions(wish, detection.initramfs);
  if (!binding.ok) return binding;
  const loader = options.loader ?? detection.loader.used;
  const { initramfs } = binding.value;
  const args = neededArguments(wish, initramfs);
  if (!args.ok) return args;
  const builder = initramfs ?? options.initramfs ?? detection.initramfs.used;
  const choice = { initramfs: builder, loader, detected: detection.loader };
  const line = planArguments(wish, args.value, choice);
  if (!line.ok) return line;
  const parts = [...binding.value.parts, ...line.value];
  // A switch that gives back the arguments alone, and not the binding, would promise too much.
  const isDriven = (parts[0]?.steps.length ?? 0) > 0;
  const deadMan = isDriven ? deadManPart(wish) : ok(EMPTY_PART);
  if (!deadMan.ok) return deadMan;
  const entry = isDriven && loader === 'grub' ? grubEntryPart(wish) : ok(EMPTY_PART);
  if (!entry.ok) return entry;
  const whole = joinParts([deadMan.value, ...parts, entry.value], weakest(parts));
  return ok({
    ...whole,
    notes: [...whole.notes, ...exactness(wish)],
    detection,
    bindsBy: initramfs && bindsBy(wish, initramfs),
    bindingProof: weakest(binding.value.parts),
    loaderProof: weakest(line.value),
    initramfs,
    loader: args.value.length > 0 ? loader : undefined,
    startedBy: loader,
    hasEntry: entry.value.steps.length > 0,
    arguments: args.value,
    undoChanges: whole.changes.map(reverseChange).reverse(),
  });
}

/** What binds; nothing where arguments alone are asked for, and then no stack need be known. */
function planFunctions(
  wish: BootWish,
  detected: Detected<InitramfsStack>,
): BootResult<{ initramfs: InitramfsStack | undefined; parts: readonly BootPart[] }> {
  if (wish.functions.length === 0) return ok({ initramfs: undefined, parts: [] });
  const initramfs = wish.options.initramfs ?? detected.used;
  if (initramfs === undefined) return undecided('initramfs', detected);
  const part = INITRAMFS_PARTS[initramfs](wish);
  return part.ok ? ok({ initramfs, parts: [part.value] }) : part;
}

interface LineChoice {
  readonly initramfs: InitramfsStack | undefined;
  readonly loader: ArgumentMechanism | undefined;
  readonly detected: Detected<ArgumentMechanism>;
}

/** Nothing where no argument is needed: the loader then need not even be known. */
function planArguments(
  wish: BootWish,
  args: Arguments,
  choice: LineChoice,
): BootResult<readonly BootPart[]> {
  if (args.length === 0) return ok([]);
  if (choice.loader === undefined) return undecided('loader', choice.detected);
  const part = ARGUMENT_PARTS[choice.loader](wish, args, choice.initramfs);
  return part.ok ? ok([part.value]) : part;
}

/** Without an initramfs the ids have no other place. */
function neededArguments(
  wish: BootWish,
  initramfs: InitramfsStack | undefined,
): BootResult<Arguments> {
  const asked = wish.options.arguments;
  if (initramfs !== 'none') return ok(asked);
  const ids = vfioIds(wish, 'a kernel without initramfs');
  return ids.ok ? ok([`vfio-pci.ids=${ids.value}`, ...asked]) : ids;
}

function undecided(what: 'initramfs' | 'loader', { reason }: Detected<string>) {
  return failure(
    `undecided-${what}` as const,
    `Cannot plan the boot without knowing the ${what}: ${reason}`,
  );
}

function joinParts(parts: readonly BootPart[], proof: Proof) {
  return {
    steps: orderSteps(parts.flatMap(({ steps }) => steps)),
    changes: parts.flatMap(({ changes, steps }) => {
      const by = steps.length > 0 ? ('helper' as const) : ('hand' as const);
      return changes.map((change) => ({ ...change, by }));
    }),
    instructions: parts.flatMap(({ instructions }) => instructions),
    undoInstructions: parts.flatMap(({ undoInstructions }) => undoInstructions),
    proof,
    notes: parts.flatMap(({ notes }) => notes),
  };
}

const PROOFS: readonly Proof[] = ['read only', 'linted', 'built', 'booted'];

function weakest(parts: readonly BootPart[]): Proof {
  return PROOFS.find((proof) => parts.some((part) => part.proof === proof)) ?? 'read only';
}

/** A snapshot has other texts than its host: the helper would refuse, and diffs would not fit. */
function exactness({ facts }: BootWish): readonly string[] {
  if (facts.isExact) return [];
  return ['Planned from a snapshot, whose texts may differ from the host: plan again there'];
}
