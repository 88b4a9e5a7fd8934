import { inParallel } from '../in-parallel.ts';
import { keepBoots } from '../kept-boot.ts';
import type { GuestStack } from './bootable-root.ts';
import { writeBoots, type BootRow } from './boots-table.ts';
import { prepareGuest, type GuestHost } from './guest-host.ts';
import { scenarios, type Scenario } from './scenarios.ts';
import { join } from 'node:path';

export interface BootRunOptions {
  /** Scenarios or stacks; all unless named. */
  readonly names: readonly string[];
  readonly isSmoke: boolean;
  readonly jobs: number;
  /** Where to keep what each boot left. */
  readonly keep: string | undefined;
  readonly isWritten: boolean;
}

const STACKS: readonly GuestStack[] = ['initramfs-tools', 'dracut', 'dracut-hostonly'];

/** Words that choose: names of scenarios and of stacks. */
export const BOOT_NAMES: readonly string[] = [...STACKS, ...scenarios.map(({ name }) => name)];

/** Boots guests with systemd from disks, and says what came of it; one guest for each stack. */
export async function runBoots(options: BootRunOptions): Promise<readonly BootRow[]> {
  const wanted = STACKS.map((stack) => ({ stack, chosen: chosenFor(stack, options) }));
  const runs = wanted.filter(({ chosen }) => chosen.length > 0);
  const rows = await inParallel(runs, options.jobs, ({ stack, chosen }) =>
    runStack(stack, chosen, options),
  );
  if (options.isWritten) writeBoots(rows.flat());
  return rows.flat();
}

function chosenFor(stack: GuestStack, { names, isSmoke }: BootRunOptions): readonly Scenario[] {
  const isNamed = (list: readonly string[], word: string) =>
    !list.some((name) => names.includes(name)) || names.includes(word);
  if (!isNamed(STACKS, stack)) return [];
  return scenarios.filter(
    ({ name, smoke }) =>
      isNamed(
        scenarios.map((scenario) => scenario.name),
        name,
      ) &&
      (!isSmoke || smoke.includes(stack)),
  );
}

async function runStack(
  stack: GuestStack,
  chosen: readonly Scenario[],
  { keep }: BootRunOptions,
): Promise<readonly BootRow[]> {
  const guest = await prepareGuest(stack);
  try {
    const rows: BootRow[] = [];
    for (const scenario of chosen) rows.push(await runScenario(guest, scenario, keep));
    return rows;
  } finally {
    guest.close();
  }
}

async function runScenario(
  guest: GuestHost,
  scenario: Scenario,
  keep: string | undefined,
): Promise<BootRow> {
  const { complaints, boots } = await scenario.run(guest);
  if (keep !== undefined) keepBoots(join(keep, `${scenario.name}-${guest.stack}`), boots);
  const seconds = boots.map((boot) => boot.seconds);
  const word = complaints.length === 0 ? 'ok  ' : 'FAIL';
  const total = seconds.reduce((sum, one) => sum + one, 0).toFixed(0);
  const line = `${word} ${scenario.name}, ${guest.stack}: ${boots.length} boots, ${total} s`;
  process.stdout.write([line, ...complaints, ''].join('\n'));
  const { stack } = guest;
  return { stack, kernelRelease: guest.root.kernelRelease, scenario, complaints, seconds };
}
