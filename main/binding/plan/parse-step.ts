import type { Bdf } from '../../../shared/bdf.ts';
import type { CardIdentity, RunStep, Step } from './step.ts';
import {
  ARGUMENTS_PLACES,
  BOOT_STACKS,
  CONSTANT_FILES,
  FIXED_ARGUMENTS,
  VM_NAME,
  findTarget,
  findWord,
  type KernelArgument,
} from './step-words.ts';

const BDF = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;
const IDS = /^[0-9a-f]{4}:[0-9a-f]{4}$/;
const CLASS_CODE = /^(?!06)[0-9a-f]{6}$/;
const SLOT = /^[A-Za-z0-9_-]{1,32}$/;
const DRIVER = /^(?!\.)[A-Za-z0-9_.+-]{1,63}$/;
const MEMBERS = /^[A-Za-z0-9:._,-]{1,4000}$/;
const MINUTES = /^([1-9]|[1-5][0-9]|60)$/;
const DIGEST = /^[0-9a-f]{64}$/;
const IDS_ARGUMENT = /^vfio-pci\.ids=[0-9a-f:,]{9,512}$/;

/**
 * Reads one step line by itself; what it needs of earlier lines is not looked at.
 *
 * @returns The step, or `undefined` when the line is none: another kind, a wrong number of words,
 *   a word outside of its list, other than single blanks between them.
 */
export function parseStep(line: string): Step | undefined {
  const [kind = '', ...words] = line.split(' ');
  return Object.hasOwn(PARSERS, kind) ? PARSERS[kind as Step['kind']](words) : undefined;
}

type Words = readonly string[];

const RUN_PARSERS: { readonly [Kind in RunStep['kind']]: (words: Words) => RunStep | undefined } = {
  module: ([word, ...rest]) => {
    const name = word === 'vfio_iommu_type1' ? word : findTarget(word);
    return name === undefined || rest.length > 0 ? undefined : { kind: 'module', name };
  },
  group: parseGroup,
  driver: parseDriver,
  viable: ([bdf = '', ...rest]) =>
    BDF.test(bdf) && rest.length === 0 ? { kind: 'viable', bdf: bdf as Bdf } : undefined,
};

const PARSERS: { readonly [Kind in Step['kind']]: (words: Words) => Step | undefined } = {
  timer: ([when, minutes = '', ...rest]) =>
    (when === 'run' || when === 'boot') && MINUTES.test(minutes) && rest.length === 0
      ? { kind: 'timer', when, minutes: Number(minutes) }
      : undefined,
  ...RUN_PARSERS,
  start: ([kind = '', ...words]) => {
    const step = Object.hasOwn(RUN_PARSERS, kind)
      ? RUN_PARSERS[kind as RunStep['kind']](words)
      : undefined;
    return step && { kind: 'start', step };
  },
  hook: ([machine = '', digest, ...rest]) => {
    const before = parseBefore(digest);
    if (!VM_NAME.test(machine) || before === undefined || rest.length > 0) return undefined;
    return { kind: 'hook', machine, ...before };
  },
  function: parseFunction,
  list: ([word, ...rest]) => {
    const before = parseBefore(word);
    return before === undefined || rest.length > 0 ? undefined : { kind: 'list', ...before };
  },
  install: ([word, digest, ...rest]) => {
    const name = findWord(CONSTANT_FILES, word);
    const before = parseBefore(digest);
    if (name === undefined || before === undefined || rest.length > 0) return undefined;
    return { kind: 'install', name, ...before };
  },
  arguments: parseArguments,
  rebuild: ([word, ...rest]) => {
    const stack = findWord(BOOT_STACKS, word);
    return stack === undefined || rest.length > 0 ? undefined : { kind: 'rebuild', stack };
  },
};

function parseGroup([bdf = '', list = '', ...rest]: Words): RunStep | undefined {
  if (!BDF.test(bdf) || !MEMBERS.test(list) || rest.length > 0) return undefined;
  const members = list.split(',');
  const hasOddName = members.some((name) => name === '' || name.startsWith('.'));
  if (hasOddName || !members.includes(bdf)) return undefined;
  return { kind: 'group', bdf: bdf as Bdf, members };
}

function parseDriver(words: Words): RunStep | undefined {
  const card = parseCard(words);
  const [from = '', override = '', target, ...rest] = words.slice(5);
  const to = findTarget(target);
  if (card === undefined || to === undefined || rest.length > 0) return undefined;
  if (!DRIVER.test(from) || !DRIVER.test(override) || from === to) return undefined;
  return { kind: 'driver', card, from: unlessNone(from), override: unlessNone(override), to };
}

function parseFunction(words: Words): Step | undefined {
  const card = parseCard(words);
  const to = findTarget(words[5]);
  if (card === undefined || to === undefined || words.length > 6) return undefined;
  return { kind: 'function', card, to };
}

function parseCard([bdf = '', ids = '', subsystem = '', classCode = '', slot = '']: Words):
  CardIdentity | undefined {
  const isWhole =
    BDF.test(bdf) && IDS.test(ids) && IDS.test(subsystem) && CLASS_CODE.test(classCode);
  if (!isWhole || !SLOT.test(slot)) return undefined;
  return { bdf: bdf as Bdf, ids, subsystem, classCode, slot: slot === '-' ? undefined : slot };
}

function parseArguments([placeWord, digest, ...words]: Words): Step | undefined {
  const place = findWord(ARGUMENTS_PLACES, placeWord);
  const before = parseBefore(digest);
  if (place === undefined || before === undefined || words.length === 0) return undefined;
  if (!words.every(isKernelArgument)) return undefined;
  return { kind: 'arguments', place, ...before, arguments: words };
}

/** Whether a word is an argument that the helper writes: its `valid_argument`. */
export function isKernelArgument(word: string): word is KernelArgument {
  return findWord(FIXED_ARGUMENTS, word) !== undefined || IDS_ARGUMENT.test(word);
}

function parseBefore(word: string | undefined): { before: string | undefined } | undefined {
  if (word === 'absent') return { before: undefined };
  return word !== undefined && DIGEST.test(word) ? { before: word } : undefined;
}

function unlessNone(name: string): string | undefined {
  return name === 'none' ? undefined : name;
}
