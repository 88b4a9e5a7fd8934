import type { FetchedKernel } from '../support/fetch-kernel.ts';

/** Something to try on a real kernel. The expectation is the kernel's own answer, each time. */
export interface Experiment {
  /** Kebab-case, named for what it shows; the part of the table it belongs to comes first. */
  readonly name: string;
  /** One sentence for the table of results. */
  readonly shows: string;
  readonly family: Family;
  /** What switches devices apart: for the table. */
  readonly iommu: string;
  readonly architecture: string;
  /** Labels of the kernels; all of the architecture unless told. */
  readonly kernels?: readonly string[] | undefined;
  /** Kernels on which it is part of `npm test`. */
  readonly smoke?: readonly string[] | undefined;
  run(kernel: FetchedKernel): Promise<Outcome>;
}

/** The parts of the table of results. */
export type Family = 'groups' | 'what-if' | 'viability' | 'collector' | 'helper';

/** What one experiment came to on one kernel. */
export interface Outcome {
  /** What is wrong, in full; empty where all agrees. */
  readonly complaints: readonly string[];
  /** How many answers of the kernel were compared with ours. */
  readonly compared: number;
  /** What was compared, for one line: `12 of 13 functions, 7 groups`. */
  readonly figures: string;
  /** Rules of the engine that took part. */
  readonly rules: ReadonlySet<string>;
  readonly boots: number;
  readonly seconds: number;
  /** Everything needed to look at it by hand: file name to content. */
  readonly kept: ReadonlyMap<string, Buffer | string>;
}
