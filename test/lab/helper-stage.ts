import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bdf } from '../../shared/bdf.ts';
import type { Plan, PlanRefusal } from '../../shared/plan.ts';
import { err, type Result } from '../../shared/result.ts';
import { planFiles } from '../../main/binding/plan/plan-files.ts';
import type { FetchedKernel } from '../support/fetch-kernel.ts';
import { planFor } from '../support/plan-for.ts';
import { boot, type Boot } from './boot.ts';
import type { GuestFile } from './cpio.ts';
import { guestProgram } from './guest-program.ts';
import { readWitness, textOf } from './judge.ts';
import { INTERRUPT_REMAPPING, IOMMUS } from './machine.ts';
import type { Part } from './part.ts';
import type { Topology } from './topology.ts';

/** A machine on which the helper is to bind something. */
export interface HelperStage {
  readonly name: string;
  readonly shows: string;
  readonly iommu: 'intel' | 'amd';
  readonly parts: readonly Part[];
  /** Identities that emulated devices take, by QEMU device. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Further arguments for QEMU. */
  readonly args?: readonly string[];
  /** Native drivers, loaded before the machine is read. */
  readonly drivers: readonly string[];
  /** Shell for the guest before it is read: what a host does with its devices. */
  readonly use?: string;
  /** What somebody wants to bind. */
  readonly bdf: Bdf;
  /** Further functions of the same plan. */
  readonly also?: readonly Bdf[];
  /** Addresses that somebody typed in spite of a stop. */
  readonly overrides?: readonly string[];
  /** Kernels on which it is part of `npm test`. */
  readonly smoke?: readonly string[];
}

/** What the second boot is for. */
export interface StageWork {
  /** Shell, in the words of `guest/helper-words`. */
  readonly job: string;
  readonly files?: readonly GuestFile[];
}

const TOP = join(import.meta.dirname, '../..');

/**
 * Boots a machine to be read, has the planner make its plan of what the collector saw, and boots
 * the same machine again with the plan and a job. Where there is no plan there is one boot.
 */
export async function bootWithPlan(
  stage: HelperStage,
  workOf: (plan: Plan, first: Boot) => StageWork | Promise<StageWork>,
  kernel: FetchedKernel,
): Promise<readonly Boot[]> {
  const first = await start(topologyOf(stage, `${ready(stage)}\n${BOOT_ID}`, []), kernel);
  const plan = await planOf(stage, first);
  if (!plan.ok) return [first];
  const { job, files = [] } = await workOf(plan.value, first);
  const second = topologyOf(stage, [ready(stage), '. /helper/words', job].join('\n'), [
    ...stageFiles(plan.value),
    ...files,
  ]);
  return [first, await start(second, kernel)];
}

/**
 * The emulator now and then loses a kernel that patches its own code, long before our program runs
 * (6.12 in `text_poke_early()`, QEMU 7.2): such a boot says nothing, and is made once more.
 */
async function start(topology: Topology, kernel: FetchedKernel): Promise<Boot> {
  const booted = await boot(topology, kernel);
  return booted.console.includes('LAB kernel') ? booted : boot(topology, kernel);
}

/** What the planner makes of a boot, bound to that boot as on the running host. */
export async function planOf(
  { bdf, also = [], overrides = [] }: HelperStage,
  booted: Boot,
): Promise<Result<Plan, PlanRefusal>> {
  const witness = await readWitness(booted);
  if (typeof witness === 'string') {
    return err({ code: 'unknown-facts', message: witness, reasons: [] });
  }
  const facts = { bootId: textOf(booted, 'boot-id') };
  return planFor(witness.host, [bdf, ...also], { overrides, facts });
}

const BOOT_ID = 'cat /proc/sys/kernel/random/boot_id | answer boot-id';

function topologyOf(stage: HelperStage, before: string, files: readonly GuestFile[]): Topology {
  const { name, shows, iommu, parts, ids, args, drivers } = stage;
  const modules = [...drivers, 'vfio-pci', 'vfio_iommu_type1', 'pci-stub'];
  return {
    name,
    shows,
    iommu,
    parts,
    limitMs: 1_800_000,
    // On a busy machine the guest measures its time stamp counter wrong, and hours pass in minutes;
    // the helper's limits are on the clock.
    commandLine: `${IOMMUS[iommu].commandLine} clocksource=acpi_pm`,
    ...(ids && { ids }),
    ...(args && { args }),
    ...(iommu === 'intel' && { iommuArgs: INTERRUPT_REMAPPING }),
    guest: { modules, before, isRead: files.length === 0, files },
  };
}

/** The host as it is before anybody comes. */
function ready({ drivers, bdf, use = '' }: HelperStage): string {
  return [
    `load ${drivers.join(' ')}`,
    `wait_for 60 test -e /sys/bus/pci/devices/${bdf}/driver`,
    'usleep 500000',
    use,
  ].join('\n');
}

function stageFiles(plan: Plan): readonly GuestFile[] {
  const folder = join(TOP, 'assets/helper');
  const constants = readdirSync(join(folder, 'boot')).map((name) => `boot/${name}`);
  const shipped = ['airlock-helper', ...constants].map((name) => ({
    path: `helper/${name}`,
    content: readFileSync(join(folder, name)),
  }));
  const words = readFileSync(join(import.meta.dirname, 'guest/helper-words'));
  return [
    ...shipped,
    { path: 'helper/words', content: words },
    { path: 'bin/vfio-ask', content: guestProgram('vfio-ask') },
    ...planFiles(plan).map(({ name, content }) => ({
      path: `plan/${name}`,
      content: Buffer.from(content),
    })),
  ];
}
