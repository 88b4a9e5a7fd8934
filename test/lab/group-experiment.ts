import { boot, type Boot } from './boot.ts';
import type { Experiment } from './experiment.ts';
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
    async run(kernel) {
      const booted = await boot(topology, kernel);
      const { complaints, functions, compared, groups, rules } = await judge(topology, booted);
      return {
        complaints,
        compared,
        figures: `${compared} of ${functions} functions, ${groups} groups`,
        rules,
        boots: 1,
        seconds: booted.seconds,
        kept: keptOf(booted),
      };
    },
  };
}

/** All that a boot left, for looking at it by hand. */
export function keptOf(booted: Boot, prefix = ''): ReadonlyMap<string, Buffer | string> {
  const answers = [...booted.answers].filter(([name]) => name !== '' && !name.endsWith('/'));
  return new Map<string, Buffer | string>([
    ...answers.map(([name, bytes]) => [`${prefix}${name}`, bytes] as const),
    [`${prefix}console`, booted.console],
    [`${prefix}command`, booted.command.join(' ')],
  ]);
}
