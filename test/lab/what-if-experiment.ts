import { parseChanges } from '../../main/engine/whatif/parse-change.ts';
import { predictAfter } from '../../main/engine/whatif/predict-after.ts';
import { fetchKernel } from '../support/fetch-kernel.ts';
import { boot } from './boot.ts';
import { failedJudgement, type Experiment, type Judgement } from './experiment.ts';
import { exercisedRules } from './exercises.ts';
import { readWitness, type Witness } from './judge.ts';
import { isSamePartition, partitionOf } from './partition.ts';
import { sideBySide } from './side-by-side.ts';
import type { Topology } from './topology.ts';

type Machine = Omit<Topology, 'name' | 'shows' | 'kernels' | 'smoke'>;

/** A question that two boots answer: what would change if the first became the second. */
export interface WhatIf {
  readonly name: string;
  readonly shows: string;
  /** As one types them for `airlock whatif`. */
  readonly changes: readonly string[];
  readonly before: Machine;
  readonly after: Machine;
  readonly kernels?: readonly string[];
  readonly smoke?: readonly string[];
  /** Another kernel for the second boot. */
  readonly kernelAfter?: string;
}

/** Boots before and after, predicts the second from the first, and compares. */
export function whatIfExperiment(question: WhatIf): Experiment {
  const { name, shows, changes, kernels, smoke, kernelAfter } = question;
  const topology = (machine: Machine): Topology => ({ ...machine, name, shows });
  return {
    name: `whatif-${name}`,
    shows: `\`${changes.join(' ')}\`: ${shows}`,
    family: 'what-if',
    iommu: question.after.iommu,
    architecture: 'amd64',
    kernels,
    smoke,
    async boot(kernel) {
      const second = kernelAfter === undefined ? kernel : await fetchKernel(kernelAfter);
      const before = await boot(topology(question.before), kernel);
      return [before, await boot(topology(question.after), second)];
    },
    async judge([before, after]) {
      if (before === undefined || after === undefined) return failedJudgement('Not booted twice');
      const judged = compare(changes, await readWitness(before), await readWitness(after));
      const mishaps = [...before.mishaps, ...after.mishaps];
      return { ...judged, complaints: [...mishaps, ...judged.complaints] };
    },
  };
}

function compare(
  words: readonly string[],
  before: Witness | string,
  after: Witness | string,
): Judgement {
  if (typeof before === 'string') return failedJudgement(before);
  if (typeof after === 'string') return failedJudgement(after);
  const changes = parseChanges(words);
  if (!changes.ok) return failedJudgement(changes.error.message);
  const prediction = predictAfter(before.host, changes.value);
  if (!prediction.ok) return failedJudgement(prediction.error.message);
  const { context, grouping, groupChanges } = prediction.value;
  const predicted = partitionOf(grouping.groups);
  const complaints = [];
  if (after.kernelGroups.length === 0)
    complaints.push('The second boot has no groups to compare with');
  if (!isSamePartition(predicted, after.kernelGroups)) {
    complaints.push(sideBySide(after.kernelGroups, predicted, context, grouping));
  }
  const grouped = after.kernelGroups.flat();
  return {
    complaints,
    compared: grouped.length,
    figures: `${grouped.length} of ${after.devices.length} functions, ${groupChanges.length} changes of groups`,
    rules: exercisedRules(context, grouping),
  };
}
