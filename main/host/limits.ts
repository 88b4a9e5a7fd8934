const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * What the reader accepts from a source at most. An imported file is hostile until parsed: each
 * number is far above what a real host needs and low enough for an ordinary computer.
 */
export interface Limits {
  /** Unpacked size of a whole archive; a large sosreport has some hundred MiB. */
  readonly archiveBytes: number;
  /** Unpacked size from which on {@link expansionRatio} counts. */
  readonly ratioFromBytes: number;
  /** Unpacked to packed size; system data packs 5 to 50 times, a bomb of zeros 1000 times. */
  readonly expansionRatio: number;
  /** Entries in an archive, wanted or not. */
  readonly archiveEntries: number;
  /** Bytes of content kept in memory from one archive. */
  readonly keptBytes: number;
  /** Entries kept in memory from one archive; a host of 4096 functions has some 200,000. */
  readonly keptEntries: number;
  /** Content of one entry that is kept; larger ones count as unreadable. */
  readonly entryBytes: number;
  /** What may follow the last entry of an archive: padding, long headers. */
  readonly trailingBytes: number;
  /** Characters of a path in an archive. */
  readonly pathLength: number;
  /** Components of a path in an archive. */
  readonly pathDepth: number;
}

export const ARCHIVE_LIMITS: Limits = {
  archiveBytes: 2048 * MIB,
  ratioFromBytes: 128 * MIB,
  expansionRatio: 400,
  archiveEntries: 500_000,
  keptBytes: 192 * MIB,
  keptEntries: 400_000,
  entryBytes: 8 * MIB,
  trailingBytes: 8 * MIB,
  pathLength: 4096,
  pathDepth: 64,
};

/** Characters of a path that a link makes; Linux PATH_MAX. */
export const MAX_PATH_LENGTH = 4096;

/** Links followed for one path; Linux fails with ELOOP above as many. */
export const MAX_LINK_HOPS = 40;

/** What a sysfs attribute or a configuration space holds at most: one page. */
export const PAGE_BYTES = 4 * KIB;

/** Longest text file that is read whole, such as `proc/modules`. */
export const TEXT_BYTES = 1 * MIB;

/** An ACPI table; real ones have a few hundred bytes. */
export const ACPI_TABLE_BYTES = 64 * KIB;

/** Lines of the kernel log that are kept. */
export const KERNEL_LOG_LINES = 5000;

/** Logs of virtual machines that are read, and the last lines of each that are kept. */
export const GUEST_LOGS = 64;
export const GUEST_LOG_LINES = 200;
/** Characters of such a line; QEMU's command line is one line. */
export const GUEST_LOG_LINE = 2000;

/** Open files of all processes that are looked at. */
export const MAX_OPEN_FILES = 1_000_000;

/** Functions of one host. */
export const MAX_FUNCTIONS = 262_144;

/** Directories looked into when a copied tree has lost its links. */
export const MAX_SEARCHED_DIRECTORIES = 20_000;

/** Problems reported one by one; the rest is counted. */
export const MAX_PROBLEMS = 1000;
