import { findChanges } from '../../main/backend/live/find-changes.ts';
import { readBindings, type Bindings } from '../../main/host/read-bindings.ts';
import type { Source } from '../../main/host/source.ts';

/** What a guest recorded when its script came to a `state NAME`. */
export interface RecordedState {
  readonly name: string;
  readonly source: Source;
}

/** Lines after which a function has another driver, or is there for the first time. */
const CHANGING = /^(?:give|give_back|wait_for .*\/devices\/)[ ]?(?<bdf>[0-9a-f:]{10}\.\d)/;

/**
 * Functions that a script moved or plugged in between two states, and that the look of the live
 * window at the links of real sysfs does not tell to be different.
 */
export function unnoticedChanges(
  script: string,
  states: readonly RecordedState[],
): readonly string[] {
  const touched = touchedBefore(script);
  return states.slice(1).flatMap(({ name, source }, index) => {
    const before = states[index];
    const changes = before ? findChanges(bindings(before.source), bindings(source)) : [];
    return (touched.get(name) ?? [])
      .filter((bdf) => !changes.some((change) => change.bdf === bdf))
      .map((bdf) => `${name}: that ${bdf} changed is not in the links of sysfs`);
  });
}

/** State to the functions that lines since the state before it touch. */
function touchedBefore(script: string): ReadonlyMap<string, readonly string[]> {
  const touched = new Map<string, readonly string[]>();
  let functions: string[] = [];
  for (const line of script.split('\n')) {
    const bdf = CHANGING.exec(line)?.groups?.['bdf'];
    if (bdf !== undefined) functions.push(bdf);
    if (!line.startsWith('state ')) continue;
    touched.set(line.slice('state '.length), functions);
    functions = [];
  }
  return touched;
}

function bindings(source: Source): Bindings {
  const read = readBindings(source);
  return read.ok ? read.value : new Map();
}
