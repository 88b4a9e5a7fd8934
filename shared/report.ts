/** What Airlock recognises in the files and texts that people send. */
export type ReportKind =
  | 'lspci'
  | 'lspci-records'
  | 'lspci-tree'
  | 'group-listing'
  | 'kernel-log'
  | 'system-text'
  | 'node-device'
  | 'facter'
  | 'udev';

/**
 * Where a fact of a report is from, best first:
 *
 * - `config-space`: decoded from bytes of configuration space;
 * - `sysfs`: names and links of the kernel's own tree, printed by `find`, `ls` or a shell loop;
 * - `lspci`: the words of lspci;
 * - `node-device`, `facter`, `udev`: the words of libvirt, nixos-facter and udev;
 * - `kernel-log`: what the kernel wrote while it started;
 * - `lspci-tree`: the drawing of `lspci -t`;
 * - `inferred`: concluded from other facts.
 */
export const FACT_ORIGINS = [
  'config-space',
  'sysfs',
  'lspci',
  'node-device',
  'facter',
  'udev',
  'kernel-log',
  'lspci-tree',
  'inferred',
] as const;
export type FactOrigin = (typeof FACT_ORIGINS)[number];

/** The facts of a function that keep their origin. */
export type StatedFact =
  | 'vendorId'
  | 'deviceId'
  | 'classCode'
  | 'subsystem'
  | 'revision'
  | 'driver'
  | 'group'
  | 'config'
  | 'acs'
  | 'bridge'
  | 'place';

/** One part of a report: lines that one program wrote. */
export interface ReportPart {
  readonly kind: ReportKind;
  /** Path in the bundle; `undefined` for a text by itself. */
  readonly file: string | undefined;
  /** Lines from 1 on, both included. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** `certain` where more than one line has the layout, or one that nothing else has. */
  readonly confidence: 'certain' | 'likely';
}

/** How a report was understood. */
export interface ReportInfo {
  readonly parts: readonly ReportPart[];
  /** The one line to ask the sender for; `undefined` where nothing is missing. */
  readonly command: string | undefined;
}
