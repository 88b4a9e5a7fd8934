import type { FunctionView } from '../../../shared/view.ts';
import { DEVICE_KINDS } from '../../components/device-kinds.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import type { GroupsView } from './groups-slice.ts';

/** The searched words, in lower case. */
export function searchWords(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether anything narrows the functions, not only the groups. */
export function hasFunctionFilter(view: GroupsView): boolean {
  return searchWords(view.search).length + view.kinds.length + view.drivers.length > 0;
}

/** The test for one member of a group; members of other buses match by their name. */
export function functionMatcher(host: HostRecord, view: GroupsView): (member: string) => boolean {
  const words = searchWords(view.search);
  return (member) => {
    const fn = host.functions[member];
    const text = fn === undefined ? member.toLowerCase() : searchText(fn);
    if (!words.every((word) => text.includes(word))) return false;
    if (view.kinds.length > 0 && !view.kinds.includes(fn?.kind ?? 'other')) return false;
    return view.drivers.length === 0 || view.drivers.includes(fn?.driver ?? '');
  };
}

function searchText(fn: FunctionView): string {
  const { bdf, name, vendorName, className, kind, ids, driver, physicalSlot, label, children } = fn;
  const words = [bdf, name, vendorName, className, kind, ids, driver, physicalSlot, label];
  return [...words, DEVICE_KINDS[kind].word, ...children].join(' ').toLowerCase();
}
