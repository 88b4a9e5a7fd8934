import { boot } from './boot.ts';
import { failedJudgement, type Experiment } from './experiment.ts';
import { judge } from './judge.ts';
import { MACHINES } from './machine.ts';
import type { Topology } from './topology.ts';

/** Boots a topology and compares the kernel's groups with the predicted ones. */
export function groupExperiment(topology: Topology): Experiment {
  return {
    name: topology.name,
    shows: topology.shows,
    family: 'groups',
    iommu: topology.iommu,
    architecture: MACHINES[topology.machine ?? 'q35'].architecture,
    kernels: topology.kernels,
    smoke: topology.smoke,
    boot: async (kernel) => [await boot(topology, kernel)],
    async judge([booted]) {
      if (booted === undefined) return failedJudgement('Nothing was booted');
      const { complaints, functions, compared, groups, rules } = await judge(topology, booted);
      const figures = `${compared} of ${functions} functions, ${groups} groups`;
      return { complaints, compared, figures, rules };
    },
  };
}
