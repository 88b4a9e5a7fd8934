import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatSteps } from '../../main/binding/plan/format-steps.ts';
import type { Step } from '../../main/binding/plan/step.ts';
import { isBridge } from '../../main/engine/pcie-state.ts';
import { makeContext } from '../../main/engine/context.ts';
import { known } from '../../shared/fact.ts';
import type { Bdf } from '../../shared/bdf.ts';
import type { Host } from '../../shared/host.ts';
import { boot, type Boot } from './boot.ts';
import type { GuestFile } from './cpio.ts';
import { failedJudgement, type Experiment, type Judgement } from './experiment.ts';
import { guestProgram } from './guest-program.ts';
import { readWitness, textOf } from './judge.ts';
import { INTERRUPT_REMAPPING } from './machine.ts';
import type { Part } from './part.ts';
import type { Topology } from './topology.ts';

/** A group to bind on a real kernel with its real drivers, and to give back. */
export interface GroupBinding {
  readonly name: string;
  readonly shows: string;
  readonly iommu: 'intel' | 'amd';
  readonly parts: readonly Part[];
  readonly drivers: readonly string[];
  /** Whose whole group is bound. */
  readonly bdf: Bdf;
  readonly smoke?: readonly string[];
}

const TOP = join(import.meta.dirname, '../..');
const LINES = 14;
const DELAYS_MS = [20, 60, 110, 170, 240, 320, 410, 510, 620, 740, 870, 1010];

/** Binds the group and gives it back; then kills the helper again and again, and recovers. */
export function helperExperiment(binding: GroupBinding): Experiment {
  return {
    name: `helper-${binding.name}`,
    shows: binding.shows,
    family: 'helper',
    iommu: binding.iommu,
    architecture: 'amd64',
    smoke: binding.smoke,
    async boot(kernel) {
      const first = await boot(topologyOf(binding, loadDrivers(binding), []), kernel);
      const witness = await readWitness(first);
      if (typeof witness === 'string') return [first];
      const files = helperFiles(stepsFor(witness.host, binding.bdf));
      return [first, await boot(topologyOf(binding, script(binding), files), kernel)];
    },
    async judge([first, second]) {
      const witness = first === undefined ? 'Nothing was booted' : await readWitness(first);
      if (typeof witness === 'string') return failedJudgement(witness);
      if (second === undefined) return failedJudgement('Not booted twice');
      return judgeBinding(binding, stepsFor(witness.host, binding.bdf), second);
    },
  };
}

function topologyOf(binding: GroupBinding, before: string, files: readonly GuestFile[]): Topology {
  const { name, shows, iommu, parts, drivers } = binding;
  const modules = [...drivers, 'vfio-pci', 'vfio_iommu_type1'];
  return {
    name,
    shows,
    iommu,
    parts,
    limitMs: 600_000,
    ...(iommu === 'intel' ? { iommuArgs: INTERRUPT_REMAPPING } : {}),
    guest: { modules, before, isRead: files.length === 0, files },
  };
}

function loadDrivers({ drivers, bdf }: GroupBinding): string {
  return [
    `load ${drivers.join(' ')} vfio-pci vfio_iommu_type1`,
    `wait_for 60 test -e /sys/bus/pci/devices/${bdf}/driver`,
    'usleep 500000',
  ].join('\n');
}

function script(binding: GroupBinding): string {
  const lines = Array.from({ length: LINES }, (_, at) => `kill_after_line ${at + 1}`);
  const delays = DELAYS_MS.map((delay) => `kill_after_time ${delay}`);
  return ['. /helper/words', loadDrivers(binding), 'apply_and_undo', ...lines, ...delays].join(
    '\n',
  );
}

function helperFiles(steps: readonly Step[]): readonly GuestFile[] {
  const folder = join(TOP, 'assets/helper');
  const constants = readdirSync(join(folder, 'boot')).map((name) => `boot/${name}`);
  return [
    ...['airlock-helper', ...constants].map((name) => ({
      path: `helper/${name}`,
      content: readFileSync(join(folder, name)),
    })),
    {
      path: 'helper/words',
      content: readFileSync(join(import.meta.dirname, 'guest/helper-words')),
    },
    { path: 'bin/vfio-ask', content: guestProgram('vfio-ask') },
    {
      path: 'plan/steps.txt',
      content: Buffer.from(textOfPlan(steps)),
    },
  ];
}

function textOfPlan(steps: readonly Step[]): string {
  const head = { planId: '00112233445566aa', machine: undefined, bootId: undefined };
  const text = formatSteps({ ...head, kernelRelease: undefined, steps });
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
}

/** The whole group but its bridges, as the host has it now. */
function stepsFor(host: Host, bdf: Bdf): readonly Step[] {
  const { topology } = makeContext(host);
  const groups = known(host.observedGroups) ?? [];
  const members = groups.find((group) => group.members.includes(bdf))?.members ?? [];
  const nodes = members
    .map((member) => topology.find(member as Bdf))
    .filter((node) => node !== undefined);
  const moving = nodes.filter((node) => !isBridge(node));
  const drivers = moving.map(({ bdf: function_, fn }): Step => ({
    kind: 'driver',
    card: {
      bdf: function_,
      ids: `${hex(fn.vendorId, 4)}:${hex(fn.deviceId, 4)}`,
      subsystem: hex(fn.subsystem, 8).replace(/^(.{4})/, '$1:'),
      classCode: hex(fn.classCode, 6),
      slot: undefined,
    },
    from: known(fn.details?.driver),
    override: known(fn.details?.driverOverride),
    to: 'vfio-pci',
  }));
  return [{ kind: 'group', bdf, members }, ...drivers, { kind: 'viable', bdf }];
}

function hex(value: unknown, digits: number): string {
  return (typeof value === 'number' ? value : 0).toString(16).padStart(digits, '0');
}

function judgeBinding({ bdf }: GroupBinding, steps: readonly Step[], booted: Boot): Judgement {
  const kills = LINES + DELAYS_MS.length;
  const givenBack = textOf(booted, 'given-back').split('\n').filter(Boolean).length;
  const moved = steps.filter(({ kind }) => kind === 'driver').length;
  const applied = textOf(booted, 'applied').split('\n');
  const onVfio = applied.filter((line) => line.split(' ')[1] === 'vfio-pci').length;
  const nodes = textOf(booted, 'nodes');
  const complaints = [...booted.mishaps];
  if (!booted.console.includes('LAB done')) complaints.push('The guest did not come to its end');
  if (onVfio !== moved) complaints.push(`${onVfio} of ${moved} functions were on vfio-pci`);
  if (!nodes.includes('viable=1')) complaints.push(`No viable node for ${bdf}: ${nodes}`);
  if (givenBack !== kills + 1) {
    complaints.push(`Given back ${givenBack} of ${kills + 1} times:\n${booted.console}`);
  }
  return {
    complaints,
    compared: givenBack,
    figures: `${moved} functions bound; ${kills} kills, ${Math.max(0, givenBack - 1)} given back`,
    rules: new Set(),
  };
}
