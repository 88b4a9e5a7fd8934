import { isUnreadable, unreadable, type Fact, type Unreadable } from '../../shared/fact.ts';
import type { Bar, FunctionDetails, PciFunction } from '../../shared/host.ts';
import type { Bdf } from '../../shared/bdf.ts';
import { parseResource } from '../pci/parse-resource.ts';
import type { ProblemList } from './problem-list.ts';
import { readLine, readLinkName, readNumber, readText } from './read-text.ts';
import { isComplete, type Source } from './source.ts';

/** What the reading of details has in common. */
export interface DetailsContext {
  readonly source: Source;
  readonly problems: ProblemList;
  readonly children: ReadonlyMap<Bdf, readonly string[]>;
  /** Domain, bus and device number to the label of the slot. */
  readonly slots: ReadonlyMap<string, string>;
  /** Whether the source shows drivers at all; otherwise "no driver" cannot be said. */
  readonly hasDrivers: boolean;
  /** Whether the source shows `reset_method` of any function; otherwise "no reset" cannot be said. */
  readonly hasResets: boolean;
}

/** Reads the files of one function that grouping does not need. */
export function readDetails(
  context: DetailsContext,
  fn: PciFunction,
  path: string,
): FunctionDetails {
  const { source, problems } = context;
  // One listing tells which files exist: asking for each of them costs more.
  const names = source.list(path);
  const present = new Set(names.ok ? names.value : []);
  const line = (name: string) =>
    present.has(name) ? readLine(source, `${path}/${name}`) : undefined;
  const number = (name: string) =>
    present.has(name) ? readNumber(source, `${path}/${name}`, problems) : undefined;
  return {
    revision: number('revision'),
    driver: readDriver(context, path, present),
    driverOverride: unset(line('driver_override'), '(null)'),
    resetMethods: present.has('reset_method')
      ? readWords(source, `${path}/reset_method`)
      : missing(context.hasResets || isComplete(source)),
    isBootVga: toBoolean(number('boot_vga')),
    numaNode: unset(number('numa_node'), -1),
    d3coldAllowed: toBoolean(number('d3cold_allowed')),
    powerState: line('power_state'),
    sriovTotalVfs: number('sriov_totalvfs'),
    sriovNumVfs: number('sriov_numvfs'),
    isEnabled: toBoolean(number('enable')),
    localCpuList: line('local_cpulist'),
    label: line('label'),
    acpiIndex: number('acpi_index'),
    currentLinkSpeed: line('current_link_speed'),
    currentLinkWidth: number('current_link_width'),
    maxLinkSpeed: line('max_link_speed'),
    maxLinkWidth: number('max_link_width'),
    bars: present.has('resource') ? readBars(source, `${path}/resource`, problems) : undefined,
    children: context.children.get(fn.bdf) ?? [],
    physicalSlot: context.slots.get(fn.bdf.slice(0, -2)),
  };
}

/** What it means that a file is not there. */
function missing(isRecorded: boolean): Unreadable | undefined {
  return isRecorded ? undefined : unreadable('NOT_RECORDED');
}

function readDriver(
  context: DetailsContext,
  path: string,
  present: ReadonlySet<string>,
): Fact<string> {
  const none = missing(context.hasDrivers || isComplete(context.source));
  return present.has('driver') ? readLinkName(context.source, `${path}/driver`, none) : none;
}

function readWords(source: Source, path: string): Fact<readonly string[]> {
  const text = readText(source, path);
  if (text === undefined || isUnreadable(text)) return text;
  return text.split(/\s+/).filter((word) => word !== '');
}

function readBars(source: Source, path: string, problems: ProblemList): Fact<readonly Bar[]> {
  const text = readText(source, path);
  if (text === undefined || isUnreadable(text)) return text;
  const bars = text === '' ? [] : parseResource(text);
  if (bars) return bars;
  problems.addMalformed(path, text);
  return unreadable('MALFORMED');
}

/** The kernel writes `(null)` or -1 where it means nothing. */
function unset<T>(fact: Fact<T>, nothing: T): Fact<T> {
  return fact === nothing ? undefined : fact;
}

/** `enable` counts its users; the others are 0 or 1. */
function toBoolean(fact: Fact<number>): Fact<boolean> {
  return typeof fact === 'number' ? fact > 0 : fact;
}
