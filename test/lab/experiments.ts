import { catalogue } from './catalogue.ts';
import { collectorExperiments } from './collector-proofs.ts';
import type { Experiment } from './experiment.ts';
import { groupExperiment } from './group-experiment.ts';
import { groupLives } from './group-lives.ts';
import { viabilityExperiment } from './viability-experiment.ts';
import { whatIfExperiment } from './what-if-experiment.ts';
import { whatIfs } from './what-ifs.ts';

/** Everything that the laboratory tries. */
export const experiments: readonly Experiment[] = [
  ...catalogue.map(groupExperiment),
  ...whatIfs.map(whatIfExperiment),
  ...groupLives.map(viabilityExperiment),
  ...collectorExperiments,
];
