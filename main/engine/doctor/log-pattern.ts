/**
 * - `cause`: something is wrong, and this line says what;
 * - `symptom`: something is wrong, and another line or fact says what;
 * - `harmless`: looks like trouble, or is worth knowing, and is neither.
 */
export type LineWeight = 'cause' | 'symptom' | 'harmless';

/** A line of a log that people ask about, and what is known of it. */
export interface LogPattern {
  /** Stable, never given to another pattern. */
  readonly id: string;
  readonly weight: LineWeight;
  /** Where a line has not this text, it does not match: looked for first, letter by letter. */
  readonly needle: string;
  /** Without nested repetitions. Groups: `device` an address, `group` a number of an IOMMU group. */
  readonly regex: RegExp;
  /** What happened. */
  readonly meaning: string;
  /** What to look at. */
  readonly check: string;
  /** What to do. */
  readonly remedy: string;
  /** Patterns that explain this one, where the same log has them for the same device or for none. */
  readonly explainedBy?: readonly string[];
  /** Program and file that print the line, or where it was seen. */
  readonly source: string;
  /** Lines as they were printed. */
  readonly examples: readonly string[];
}
