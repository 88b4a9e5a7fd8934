import { textOf } from '../judge.ts';
import type { BootEnd, DiskBoot } from './boot-disk.ts';
import { TWINS } from './guest-devices.ts';

/**
 * Every card is on vfio-pci and its native driver never had it; every twin is on the native driver.
 * The script was faster than the native driver of the first twin, so it did not win by chance.
 */
export function expectBound(boot: DiskBoot): readonly string[] {
  const firstNative = Math.min(...TWINS.map(({ native, twin }) => lineOf(boot, native, twin)));
  return TWINS.flatMap(({ native, card, twin }) => {
    const bound = lineOf(boot, 'airlock-bind', `${card} is bound to vfio-pci`);
    return [
      ...expectDriver(boot, card, 'vfio-pci'),
      ...expectDriver(boot, twin, native),
      ...complain(lineOf(boot, native, card) !== NEVER, `${native} had ${card} once`),
      ...complain(lineOf(boot, native, twin) === NEVER, `No line of ${native} for ${twin}`),
      ...complain(bound === NEVER, `No line that ${card} was bound`),
      ...complain(bound > firstNative, `${card} was bound after a native driver had its twin`),
    ];
  });
}

/** Cards and twins are on their native drivers, whose lines stand in the kernel's log. */
export function expectNative(boot: DiskBoot): readonly string[] {
  return TWINS.flatMap(({ native, card, twin }) =>
    [card, twin].flatMap((bdf) => [
      ...expectDriver(boot, bdf, native),
      ...complain(lineOf(boot, native, bdf) === NEVER, `No line of ${native} for ${bdf}`),
    ]),
  );
}

export function expectDriver(boot: DiskBoot, bdf: string, driver: string): readonly string[] {
  const found = new Map(textOf(boot, 'drivers').split('\n').map(pairOf)).get(bdf) ?? 'not there';
  return complain(found !== driver, `${bdf} is on ${found} and not on ${driver}`);
}

export function expectEnd(boot: DiskBoot, end: BootEnd): readonly string[] {
  const tail = boot.console.split('\n').slice(-30).join('\n');
  return complain(boot.end !== end, `A boot ended with ${boot.end} and not with ${end}:\n${tail}`);
}

/** An answer of the guest has a text in it. */
export function expectText(boot: DiskBoot, name: string, text: string): readonly string[] {
  const found = textOf(boot, name);
  return complain(!found.includes(text), `Not "${text}" in the answer ${name}:\n${found}`);
}

/** Mode, owner and digest of each file are as before, and no file came or went. */
export function expectFiles(before: string, boot: DiskBoot): readonly string[] {
  const now = textOf(boot, 'files').split('\n');
  const then = before.split('\n');
  const more = now.filter((line) => !then.includes(line)).map((line) => `Now: ${line}`);
  return [...then.filter((line) => !now.includes(line)).map((line) => `Before: ${line}`), ...more];
}

export function complain(isWrong: boolean, text: string): readonly string[] {
  return isWrong ? [text] : [];
}

const NEVER = Number.POSITIVE_INFINITY;

/** Number of the first line of the kernel's log with both words. */
function lineOf(boot: DiskBoot, one: string, other: string): number {
  const at = textOf(boot, 'dmesg')
    .split('\n')
    .findIndex((line) => line.includes(one) && line.includes(other));
  return at < 0 ? NEVER : at;
}

function pairOf(line: string): readonly [string, string] {
  const [bdf = '', driver = ''] = line.split(' ');
  return [bdf, driver];
}
