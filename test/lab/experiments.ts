import { catalogue } from './catalogue.ts';
import { collectorExperiments } from './collector-proofs.ts';
import type { Experiment } from './experiment.ts';
import { groupExperiment } from './group-experiment.ts';
import { groupBindings } from './group-bindings.ts';
import { groupLives } from './group-lives.ts';
import { helperExperiment } from './helper-experiment.ts';
import { surpriseExperiment } from './surprise-experiment.ts';
import { surprises } from './surprises.ts';
import { vmExperiment } from './vms/vm-experiment.ts';
import { vmStages } from './vms/vm-stages.ts';
import { viabilityExperiment } from './viability-experiment.ts';
import { whatIfExperiment } from './what-if-experiment.ts';
import { whatIfs } from './what-ifs.ts';

/** Everything that the laboratory tries. */
export const experiments: readonly Experiment[] = [
  ...catalogue.map(groupExperiment),
  ...whatIfs.map(whatIfExperiment),
  ...groupLives.map(viabilityExperiment),
  ...collectorExperiments,
  ...groupBindings.map(helperExperiment),
  ...surprises.map(surpriseExperiment),
  ...vmStages.map(vmExperiment),
];
