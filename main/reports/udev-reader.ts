import { parseBdf, type Bdf } from '../../shared/bdf.ts';
import { joinIds } from '../pci/parse-identity.ts';
import { parseDevicePlace } from '../host/device-path.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { LineReader } from './line-reader.ts';
import { parseIds } from './parse-address.ts';

/**
 * Reads `udevadm info --export-db`: a block for each device, its path first, then a line for each
 * property.
 */
export function udevReader(sheet: FactSheet): LineReader {
  let device: Bdf | undefined;
  return {
    kind: 'udev',
    begins: (line) => line.startsWith('P: /devices/'),
    take: ({ number, text }) => {
      const source = { origin: 'udev', line: number } as const;
      if (text.startsWith('P: ')) {
        device = stateDevice(sheet, text.slice(3).trim(), number);
        return true;
      }
      const property = /^E: (\w{1,64})=(.*)$/.exec(text);
      if (device && property)
        PROPERTIES[property[1] ?? '']?.(sheet, device, property[2] ?? '', source);
      return property !== null || /^[A-Z]: /.test(text) || text.trim() === '';
    },
    end: () => {
      device = undefined;
    },
  };
}

/** Only functions themselves: their children have longer paths. */
function stateDevice(sheet: FactSheet, path: string, line: number): Bdf | undefined {
  const at = path.lastIndexOf('/');
  const bdf = parseBdf(path.slice(at + 1));
  const place = bdf && parseDevicePlace(`sys${path.slice(0, at)}`);
  if (!bdf || !place) return undefined;
  sheet.state(bdf, 'place', place, { origin: 'udev', line });
  return bdf;
}

type Take = (
  sheet: FactSheet,
  bdf: Bdf,
  value: string,
  source: { readonly origin: 'udev'; readonly line: number },
) => void;

/** @see Linux drivers/pci/pci-driver.c, `pci_uevent()` */
const PROPERTIES: Readonly<Record<string, Take>> = {
  DRIVER: (sheet, bdf, value, source) => sheet.state(bdf, 'driver', value, source),
  PCI_CLASS: (sheet, bdf, value, source) => {
    if (/^[0-9a-f]{1,6}$/i.test(value)) sheet.state(bdf, 'classCode', parseInt(value, 16), source);
  },
  PCI_ID: (sheet, bdf, value, source) => {
    const ids = parseIds(value);
    sheet.state(bdf, 'vendorId', ids?.[0], source);
    sheet.state(bdf, 'deviceId', ids?.[1], source);
  },
  PCI_SUBSYS_ID: (sheet, bdf, value, source) => {
    const ids = parseIds(value);
    if (ids) sheet.state(bdf, 'subsystem', joinIds(...ids), source);
  },
};
