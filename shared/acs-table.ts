import { z } from 'zod';

/**
 * What a function is among its neighbours, as far as the tree of functions tells:
 *
 * - `root`: on a root bus, whatever it is;
 * - `upstream`: a bridge with nothing but bridges below it, the only function of its slot;
 *   `upstream-of-several`: the same, with other functions in its slot;
 * - `downstream`: a bridge below one of these;
 * - `bridge`: any other bridge below a bridge;
 * - `beside-bridge`: no bridge, below a bridge, in a slot that holds one;
 * - `function`: no bridge, below a bridge, in any other slot.
 */
export const ACS_ROLES = [
  'root',
  'upstream',
  'upstream-of-several',
  'downstream',
  'bridge',
  'beside-bridge',
  'function',
] as const;
export type AcsRole = (typeof ACS_ROLES)[number];

/**
 * How a function answered the ACS test, as far as the groups of its host tell:
 *
 * - `passes`, `fails`: the groups allow nothing else;
 * - `apart`: it stands apart from all others of its slot, of which at most one can fail.
 */
export const ACS_OUTCOMES = ['passes', 'fails', 'apart'] as const;
export type AcsOutcome = (typeof ACS_OUTCOMES)[number];

/** A function as the tables know it. */
export interface AcsSubject {
  readonly vendorId: number;
  readonly deviceId: number;
  /** Base class and subclass; `undefined` where they are not known. */
  readonly classCode: number | undefined;
  readonly role: AcsRole;
  /** Device number on the bus. */
  readonly device: number;
}

/** How one function of a host answered the ACS test. */
export interface AcsObservation extends AcsSubject {
  readonly outcome: AcsOutcome;
}

/** What one host taught. */
export interface LearnedHost {
  /** Name of its board, or `unnamed` with something that tells it from others. */
  readonly board: string;
  /** Kinds of its source: `facter`, `group-listing`, `sysfs`. */
  readonly from: readonly string[];
  readonly observations: readonly AcsObservation[];
}

const boards = z.array(z.number().int().nonnegative()).max(100_000);

/** Functions of one kind on all boards on which they were seen. */
const rowSchema = z.object({
  /** Vendor and device: `1022:1483`. */
  ids: z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/),
  /** Base class and subclass; left out where no source names them. */
  classCode: z
    .string()
    .regex(/^[0-9a-f]{4}$/)
    .optional(),
  role: z.enum(ACS_ROLES),
  /** Device numbers, of functions on root buses: firmware gives them a meaning. */
  devices: z.array(z.string().regex(/^[01][0-9a-f]$/)).max(32),
  /** Positions in `boards`; a board can be in several lists. */
  passes: boards.optional(),
  fails: boards.optional(),
  apart: boards.optional(),
});

/** How functions behaved on hosts that show their groups: ids, counts and names of boards. */
export const acsTableSchema = z.object({
  format: z.literal('airlock-acs/1'),
  about: z.string().max(10_000),
  boards: z
    .array(
      z.object({
        /** Of the board, or `unnamed` with the beginning of the source's SHA-256. */
        name: z.string().min(1).max(200),
        /** Kinds of sources: `facter`, `group-listing`, `sysfs`. */
        from: z.array(z.string().max(40)).max(40),
        hosts: z.number().int().positive(),
      }),
    )
    .max(100_000),
  rows: z.array(rowSchema).max(1_000_000),
});

export type AcsTable = z.infer<typeof acsTableSchema>;
export type AcsTableRow = AcsTable['rows'][number];

/** Whether a table calls a board unnamed: hosts whose source does not say what they are. */
export function isUnnamedBoard(name: string): boolean {
  return name.startsWith('unnamed ');
}
