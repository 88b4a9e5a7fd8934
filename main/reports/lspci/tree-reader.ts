import { formatBdf, type Bdf } from '../../../shared/bdf.ts';
import type { FactSheet } from '../fact-sheet.ts';
import type { LineReader } from '../line-reader.ts';
import { parseIds } from '../parse-address.ts';
import type { ReportLine } from '../report-line.ts';

/**
 * Reads the drawing of `lspci -t`, `-tv`, `-tvnn`: it shows the buses of each bridge, without
 * root.
 *
 * ```
 * -[0000:00]-+-00.0  Host bridge
 *            +-01.0-[01-03]--+-00.0  Endpoint
 *            |               \-00.1  Endpoint
 *            \-1f.0
 * ```
 *
 * A `+` opens a column; a line that continues in a column lists another child of its bus.
 *
 * @see pciutils ls-tree.c, `show_tree_bus()` and `show_tree_dev()`
 */
export function treeReader(sheet: FactSheet): LineReader {
  let columns = new Map<number, Bus>();
  return {
    kind: 'lspci-tree',
    begins: (line) => ROOT.test(line),
    take: (line) => {
      if (ROOT.test(line.text)) columns = new Map();
      else if (columns.size === 0 || !CONTINUES.test(line.text)) return false;
      readTreeLine(sheet, columns, line);
      return true;
    },
    end: () => {
      columns = new Map();
    },
  };
}

interface Bus {
  /** `undefined`: the column of the root buses themselves. */
  readonly domain: number | undefined;
  readonly number: number;
  readonly bridge: Bdf | undefined;
}

const ROOT = /^\s*-(\+-)?\[[0-9a-f]{4,8}:[0-9a-f]{2}(-[0-9a-f]{2})?\]-/;
const CONTINUES = /^[ |]*[+\\]-/;
const TOKEN =
  /(?<dashes>-+)|(?<open>\+)|\[(?<domain>[0-9a-f]{4,8}):(?<root>[0-9a-f]{2})(?:-[0-9a-f]{2})?\]|\[(?<first>[0-9a-f]{2})(?:-(?<last>[0-9a-f]{2}))?\]|(?<device>[01][0-9a-f]\.[0-7])(?<name>  .*)?/y;

/** All root buses hang below this one, where there are several. */
const TOP: Bus = { domain: undefined, number: 0, bridge: undefined };

function readTreeLine(sheet: FactSheet, columns: Map<number, Bus>, line: ReportLine): void {
  let at = line.text.search(/[^ |]/);
  let bus = columns.get(at) ?? TOP;
  let device: Bdf | undefined;
  if (line.text[at] === '\\' || line.text[at] === '+') at++;
  TOKEN.lastIndex = at;
  for (let match = TOKEN.exec(line.text); match?.groups; match = TOKEN.exec(line.text)) {
    const groups: Partial<Record<string, string>> = match.groups;
    if (groups.open !== undefined) columns.set(match.index, bus);
    if (groups.root !== undefined) bus = rootBus(groups);
    if (groups.first !== undefined && device !== undefined) {
      bus = busBelow(sheet, bus, device, groups, line.number);
    }
    if (groups.device !== undefined) device = stateDevice(sheet, bus, groups, line.number);
  }
}

function rootBus({ domain = '', root = '' }: Partial<Record<string, string>>): Bus {
  return { domain: parseInt(domain, 16), number: parseInt(root, 16), bridge: undefined };
}

function busBelow(
  sheet: FactSheet,
  bus: Bus,
  bridge: Bdf,
  { first = '', last = first }: Partial<Record<string, string>>,
  line: number,
): Bus {
  const secondary = parseInt(first, 16);
  const numbers = { primary: bus.number, secondary, subordinate: parseInt(last, 16) };
  const source = { origin: 'lspci-tree', line } as const;
  sheet.state(bridge, 'headerType', 1, source);
  sheet.state(bridge, 'bridge', numbers, source);
  return { domain: bus.domain, number: secondary, bridge };
}

function stateDevice(
  sheet: FactSheet,
  bus: Bus,
  { device = '', name = '' }: Partial<Record<string, string>>,
  line: number,
): Bdf | undefined {
  if (bus.domain === undefined) return undefined;
  const bdf = formatBdf({
    domain: bus.domain,
    bus: bus.number,
    deviceNumber: parseInt(device, 16),
    functionNumber: Number(device.slice(-1)),
  });
  const source = { origin: 'lspci-tree', line } as const;
  sheet.mention(bdf);
  const ids = parseIds(/\[?([0-9a-f]{4}:[0-9a-f]{4})\]?$/i.exec(name.trim())?.[1] ?? '');
  sheet.state(bdf, 'vendorId', ids?.[0], source);
  sheet.state(bdf, 'deviceId', ids?.[1], source);
  sheet.state(bdf, 'name', name.trim() || undefined, source);
  return bdf;
}
