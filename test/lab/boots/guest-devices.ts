import type { Bdf } from '../../../shared/bdf.ts';
import { bridge, leaf, type Part } from '../part.ts';

/** A device that shall be on vfio-pci, and another of the same ids that shall not. */
export interface Twins {
  /** Driver of the host. */
  readonly native: string;
  readonly card: Bdf;
  readonly twin: Bdf;
}

/** Each behind a port of its own: bus 1 is below the first port, and so on. */
export const TWINS: readonly Twins[] = [
  { native: 'nvme', card: '0000:01:00.0' as Bdf, twin: '0000:02:00.0' as Bdf },
  { native: 'e1000e', card: '0000:03:00.0' as Bdf, twin: '0000:04:00.0' as Bdf },
  { native: 'bochs-drm', card: '0000:05:00.0' as Bdf, twin: '0000:06:00.0' as Bdf },
];

const DRIVE: Readonly<Record<string, string>> = { drive: 'data' };

/** The card of the first pair has a drive with a file system. */
export const DEVICES: readonly Part[] = ports([
  leaf('nvme', '0.0', DRIVE),
  leaf('nvme', '0.0'),
  leaf('e1000e', '0.0'),
  leaf('e1000e', '0.0'),
  leaf('bochs-display', '0.0'),
  leaf('bochs-display', '0.0'),
]);

/**
 * The same cards after somebody moved them: where the drive was is nothing, where the network card
 * was is the display, and the other way round.
 */
export const MOVED_DEVICES: readonly Part[] = ports([
  undefined,
  leaf('nvme', '0.0'),
  leaf('bochs-display', '0.0'),
  leaf('e1000e', '0.0'),
  leaf('e1000e', '0.0'),
  leaf('bochs-display', '0.0'),
  leaf('nvme', '0.0', DRIVE),
]);

/** Where the moved cards are now, by driver. */
export const MOVED_TO: Readonly<Record<string, Bdf>> = {
  nvme: '0000:07:00.0' as Bdf,
  e1000e: '0000:05:00.0' as Bdf,
  'bochs-drm': '0000:03:00.0' as Bdf,
};

function ports(cards: readonly (Part | undefined)[]): readonly Part[] {
  return cards.map((card, index) =>
    bridge('pcie-root-port', `${index + 4}.0`, card === undefined ? [] : [card]),
  );
}
