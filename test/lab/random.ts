import fc from 'fast-check';
import { boot } from './boot.ts';
import { judge } from './judge.ts';
import { anyTopology } from './random-topology.ts';
import type { Topology } from './topology.ts';
import type { FetchedKernel } from '../support/fetch-kernel.ts';

/** What a random run came to. */
export interface RandomOutcome {
  readonly boots: number;
  readonly compared: number;
  /** The smallest machine that still fails, with what was wrong. */
  readonly failure: { readonly text: string } | undefined;
}

/**
 * Boots machines made by chance on the kernels in turn, until one fails; then smaller ones like it
 * as long as they fail too.
 *
 * @param seed - The same seed makes the same machines.
 * @param onBoot - Told after each boot.
 */
export async function runRandom(
  kernels: readonly FetchedKernel[],
  count: number,
  seed: number,
  onBoot: (line: string) => void,
): Promise<RandomOutcome> {
  const total = { boots: 0, compared: 0 };
  const law = fc.asyncProperty(
    anyTopology(),
    fc.constantFrom(...kernels),
    async (topology, kernel) => {
      const booted = await boot(topology, kernel);
      const ruling = await judge(topology, booted);
      total.boots++;
      total.compared += ruling.compared;
      const word = ruling.complaints.length === 0 ? 'ok  ' : 'FAIL';
      const figures = `${ruling.compared} of ${ruling.functions} functions, ${ruling.groups} groups`;
      onBoot(`${word} ${total.boots}, ${kernel.label}, ${topology.iommu}: ${figures}`);
      if (ruling.complaints.length > 0)
        throw new Error(describe(topology, ruling.complaints, booted.command));
    },
  );
  const details = await fc.check(law, { numRuns: count, seed, endOnFailure: false });
  const { errorInstance } = details;
  const text = errorInstance instanceof Error ? errorInstance.message : undefined;
  return { ...total, failure: text === undefined ? undefined : { text } };
}

function describe(topology: Topology, complaints: readonly string[], command: readonly string[]) {
  return [
    ...complaints,
    `parts: ${JSON.stringify(topology.parts)}`,
    `machine: ${command.join(' ')}`,
  ].join('\n');
}
