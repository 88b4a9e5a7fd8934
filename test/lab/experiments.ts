import { catalogue } from './catalogue.ts';
import type { Experiment } from './experiment.ts';
import { groupExperiment } from './group-experiment.ts';
import { whatIfExperiment } from './what-if-experiment.ts';
import { whatIfs } from './what-ifs.ts';

/** Everything that the laboratory tries. */
export const experiments: readonly Experiment[] = [
  ...catalogue.map(groupExperiment),
  ...whatIfs.map(whatIfExperiment),
];
