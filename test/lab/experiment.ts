import type { FetchedKernel } from '../support/fetch-kernel.ts';
import type { Boot } from './boot.ts';

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
  /** Starts the machines that it needs, one after the other. */
  boot(kernel: FetchedKernel): Promise<readonly Boot[]>;
  /** Compares what came out of them with what we say; boots that were kept can be judged again. */
  judge(boots: readonly Boot[]): Promise<Judgement>;
}

/** The parts of the table of results. */
export type Family = 'groups' | 'what-if' | 'viability' | 'collector' | 'helper' | 'vm';

/** What one experiment came to on one kernel. */
export interface Judgement {
  /** What is wrong, in full; empty where all agrees. */
  readonly complaints: readonly string[];
  /** How many answers of the kernel were compared with ours. */
  readonly compared: number;
  /** What was compared, for one line: `12 of 13 functions, 7 groups`. */
  readonly figures: string;
  /** Rules of the engine that took part. */
  readonly rules: ReadonlySet<string>;
}

/** For an experiment that did not come to a comparison. */
export function failedJudgement(complaint: string): Judgement {
  return { complaints: [complaint], compared: 0, figures: 'nothing', rules: new Set() };
}
