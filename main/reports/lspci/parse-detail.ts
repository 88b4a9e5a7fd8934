import type { Bdf } from '../../../shared/bdf.ts';
import type { FactOrigin } from '../../../shared/report.ts';
import { joinIds } from '../../pci/parse-identity.ts';
import type { FactSheet } from '../fact-sheet.ts';
import { parseIds } from '../parse-address.ts';

interface Detail {
  readonly bdf: Bdf;
  readonly origin: FactOrigin;
  readonly line: number;
}

/**
 * Takes one line below a header that says something about the function but not about its
 * capabilities: subsystem, driver, group, buses of a bridge.
 *
 * @param line - Without indentation.
 * @returns False where the line is none that lspci prints there.
 * @see pciutils lspci.c, `show_verbose()`, and ls-kernel.c, `show_kernel()`
 */
export function takeDetail(sheet: FactSheet, line: string, detail: Detail): boolean {
  const colon = line.indexOf(':');
  const take = colon < 0 ? undefined : DETAILS[line.slice(0, colon)];
  if (take === undefined) return OTHER.test(line);
  take(sheet, line.slice(colon + 1).trim(), detail);
  return true;
}

type Take = (sheet: FactSheet, value: string, detail: Detail) => void;

const DETAILS: Readonly<Record<string, Take>> = {
  Subsystem: (sheet, value, detail) => {
    const ids = parseIds(/\[?([0-9a-f]{4}:[0-9a-f]{4})\]?$/i.exec(value)?.[1] ?? '');
    if (ids) sheet.state(detail.bdf, 'subsystem', joinIds(...ids), detail);
  },
  'Kernel driver in use': (sheet, value, detail) => {
    sheet.state(detail.bdf, 'driver', value, detail);
  },
  Bus: (sheet, value, detail) => {
    const match = /primary=([0-9a-f]{2}), secondary=([0-9a-f]{2}), subordinate=([0-9a-f]{2})/.exec(
      value,
    );
    if (!match) return;
    const [primary = 0, secondary = 0, subordinate = 0] = match
      .slice(1)
      .map((text) => parseInt(text, 16));
    sheet.state(detail.bdf, 'headerType', 1, detail);
    sheet.state(detail.bdf, 'bridge', { primary, secondary, subordinate }, detail);
  },
  'IOMMU group': stateGroup,
  'NUMA node': (sheet, value, detail) => stateNode(sheet, value, detail),
  'Physical Slot': (sheet, value, detail) => {
    sheet.state(detail.bdf, 'physicalSlot', value, detail);
  },
  Flags: (sheet, value, detail) => {
    const group = /IOMMU group (\d{1,6})\b/.exec(value)?.[1];
    const node = /NUMA node (\d{1,4})\b/.exec(value)?.[1];
    if (group !== undefined) stateGroup(sheet, group, detail);
    if (node !== undefined) stateNode(sheet, node, detail);
  },
};

function stateGroup(sheet: FactSheet, value: string, { bdf, origin, line }: Detail): void {
  if (/^\d{1,6}$/.test(value)) sheet.state(bdf, 'group', value, { origin, line });
}

function stateNode(sheet: FactSheet, value: string, { bdf, origin, line }: Detail): void {
  if (/^\d{1,4}$/.test(value)) sheet.state(bdf, 'numaNode', Number(value), { origin, line });
}

/** Lines that lspci prints and that say nothing we keep. */
const OTHER =
  /^(Kernel modules|DeviceName|Control|Status|Latency|Interrupt|Region \d|Memory at|I\/O ports at|I\/O behind|Memory behind|Prefetchable memory|Expansion ROM|Secondary status|BridgeCtl|DTNode|BIST|!!!)\b/;
