import type { Bdf } from '../../shared/bdf.ts';
import { exactBdf } from './device-path.ts';
import { MAX_SEARCHED_DIRECTORIES } from './limits.ts';
import type { Source } from './source.ts';

const ROOT_BUS = /^pci[0-9a-f]{4,8}:[0-9a-f]{2}$/;
/** How far below `sys/devices` a root bus may lie: `platform/4010000000.pcie`, `LNXSYSTM:00/…`. */
const MAX_PREFIX_DEPTH = 5;

/**
 * Searches `sys/devices` for functions: for trees whose links in `sys/bus/pci/devices` were
 * replaced by copies or left out.
 *
 * @returns Address to directory. Links are not followed, so each function is found once.
 */
export function findDevicePaths(source: Source): ReadonlyMap<Bdf, string> {
  const found = new Map<Bdf, string>();
  let searched = 0;
  const search = (directory: string, depth: number, isBelowRootBus: boolean): void => {
    if (++searched > MAX_SEARCHED_DIRECTORIES) return;
    const names = source.list(directory);
    for (const name of names.ok ? names.value : []) {
      const path = `${directory}/${name}`;
      const bdf = isBelowRootBus ? exactBdf(name) : undefined;
      const isRootBus = ROOT_BUS.test(name);
      if (bdf && !found.has(bdf)) found.set(bdf, path);
      const isOnTheWay = !isBelowRootBus && depth < MAX_PREFIX_DEPTH;
      if ((bdf || isRootBus || isOnTheWay) && !source.readLink(path).ok) {
        search(path, depth + 1, isBelowRootBus || isRootBus);
      }
    }
  };
  search('sys/devices', 0, false);
  return found;
}
