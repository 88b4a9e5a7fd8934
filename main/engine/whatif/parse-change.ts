import { parseBdf, type Bdf } from '../../../shared/bdf.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { parseKernelVersion, type KernelVersion } from '../../quirks/kernel-version.ts';
import { parseAcsOverrideValue } from '../acs-override.ts';
import type { Change } from './change.ts';

type Parsed = Result<Change, Failure<'bad-change'>>;

/** The forms of a change, as a manual page shows them. */
export const CHANGE_FORMS: Readonly<Record<Change['kind'], string>> = {
  'acs-override': 'acs-override=downstream,multifunction,id:VVVV:DDDD',
  acs: 'acs=BDF:on or acs=BDF:off',
  kernel: 'kernel=VERSION',
  iommu: 'iommu=on',
  vfs: 'vfs=BDF:NUMBER',
  move: 'move=BDF:PORT',
  'behind-switch': 'behind-switch=BDF or behind-switch=BDF:acs',
};

/** The patch keeps room for fifteen ids and leaves out the rest without a word. */
const MAX_OVERRIDE_IDS = 15;

/** Whether a word of a command line is meant as a change: it begins as one, or has its shape. */
export function looksLikeChange(word: string): boolean {
  return word in CHANGE_FORMS || /^[a-z][a-z-]*=/.test(word);
}

/**
 * Reads one change as it is typed: `move=01:00.0:00:1c.4`.
 *
 * @returns The change, or a sentence that names the word, the value and what would be right.
 */
export function parseChange(word: string): Parsed {
  const at = word.indexOf('=');
  const name = at < 0 ? word : word.slice(0, at);
  if (!Object.hasOwn(CHANGE_FORMS, name)) {
    const forms = Object.keys(CHANGE_FORMS).join(', ');
    return failure('bad-change', `Unknown change ${quoted(word)}: the changes are ${forms}`);
  }
  const kind = name as Change['kind'];
  const value = at < 0 ? '' : word.slice(at + 1);
  return value === '' ? wrong(kind, word, 'it has no value') : PARSERS[kind](word, value);
}

/** Reads several; the first that is wrong ends it. */
export function parseChanges(
  words: readonly string[],
): Result<readonly Change[], Failure<'bad-change'>> {
  const changes: Change[] = [];
  for (const word of words) {
    const change = parseChange(word);
    if (!change.ok) return change;
    changes.push(change.value);
  }
  return ok(changes);
}

type Parser = (word: string, value: string) => Parsed;

const PARSERS: Readonly<Record<Change['kind'], Parser>> = {
  'acs-override': parseOverride,
  acs: parseAcs,
  kernel: parseKernel,
  iommu: (word, value) =>
    value === 'on'
      ? ok({ kind: 'iommu', word })
      : wrong(
          'iommu',
          word,
          `${quoted(value)} is not "on"; with the IOMMU off there are no groups`,
        ),
  vfs: parseVfs,
  move: parseMove,
  'behind-switch': parseBehindSwitch,
};

function wrong(kind: Change['kind'], word: string, reason: string): Parsed {
  return failure(
    'bad-change',
    `Cannot understand ${quoted(word)}: ${reason}. Write ${CHANGE_FORMS[kind]}`,
  );
}

function notAnAddress(kind: Change['kind'], word: string, text: string): Parsed {
  return wrong(kind, word, `${quoted(text)} is not a PCI address such as 0000:01:00.0 or 01:00.0`);
}

/** Stricter than the patch, which skips what it does not know: a slip would go unseen. */
function parseOverride(word: string, value: string): Parsed {
  const parts = value.split(',');
  const unknown = parts.find(
    (part) => !/^(downstream|multifunction|id:[0-9a-f]{4}:[0-9a-f]{4})$/i.test(part),
  );
  if (unknown !== undefined) {
    const known = 'downstream, multifunction and id:VVVV:DDDD (four hexadecimal digits each)';
    return wrong('acs-override', word, `${quoted(unknown)} is none of ${known}`);
  }
  const ids = parts.filter((part) => /^id:/i.test(part)).length;
  if (ids > MAX_OVERRIDE_IDS) {
    return wrong(
      'acs-override',
      word,
      `${ids} ids are more than the patch takes, ${MAX_OVERRIDE_IDS}`,
    );
  }
  const override = parseAcsOverrideValue(value.toLowerCase());
  return override === undefined
    ? wrong('acs-override', word, 'it asks for nothing')
    : ok({ kind: 'acs-override', word, override });
}

function parseAcs(word: string, value: string): Parsed {
  const [address, state] = splitLast(value);
  if (state !== 'on' && state !== 'off') {
    return wrong('acs', word, 'it does not end in ":on" or ":off"');
  }
  const bdf = parseBdf(address);
  return bdf === undefined
    ? notAnAddress('acs', word, address)
    : ok({ kind: 'acs', word, bdf, isOn: state === 'on' });
}

function parseKernel(word: string, value: string): Parsed {
  const version = versionOf(value);
  return version === undefined
    ? wrong('kernel', word, `${quoted(value)} is not a version such as 6.1 or 6.12.107`)
    : ok({ kind: 'kernel', word, version });
}

/** Two numbers name a series: what its stable releases ported back is then not known. */
function versionOf(value: string): KernelVersion | undefined {
  const series = /^(\d{1,4})\.(\d{1,4})$/.exec(value);
  if (series) return { major: Number(series[1]), minor: Number(series[2]), patch: undefined };
  return /^\d{1,4}\.\d{1,4}\.\d{1,6}([-+~.]\S*)?$/.test(value)
    ? parseKernelVersion(value)
    : undefined;
}

function parseVfs(word: string, value: string): Parsed {
  const [address, count] = splitLast(value);
  if (!/^\d{1,5}$/.test(count)) {
    return wrong('vfs', word, `${quoted(count)} is not a number of virtual functions`);
  }
  const bdf = parseBdf(address);
  return bdf === undefined
    ? notAnAddress('vfs', word, address)
    : ok({ kind: 'vfs', word, bdf, count: Number(count) });
}

/** An address ends in `.F`, so the first `.F:` is where the second one begins. */
function parseMove(word: string, value: string): Parsed {
  const match = /^(.*?\.[0-7]):(.+)$/.exec(value);
  if (!match) return wrong('move', word, 'it does not name a function and a port');
  const [card, target] = [match[1] ?? '', match[2] ?? ''];
  const bdf = parseBdf(card);
  if (bdf === undefined) return notAnAddress('move', word, card);
  const port = parseBdf(target);
  return port === undefined
    ? notAnAddress('move', word, target)
    : ok({ kind: 'move', word, bdf, port });
}

function parseBehindSwitch(word: string, value: string): Parsed {
  const hasAcs = value.endsWith(':acs');
  const address = hasAcs ? value.slice(0, -':acs'.length) : value;
  const bdf: Bdf | undefined = parseBdf(address);
  return bdf === undefined
    ? notAnAddress('behind-switch', word, address)
    : ok({ kind: 'behind-switch', word, bdf, hasAcs });
}

/** Addresses hold colons themselves: what counts is the last. */
function splitLast(text: string): readonly [string, string] {
  const at = text.lastIndexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
