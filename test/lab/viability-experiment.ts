import { makeContext } from '../../main/engine/context.ts';
import { ownershipOf, viabilityModel, viabilityOf } from '../../main/engine/viability.ts';
import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import { boot, type Boot } from './boot.ts';
import { failedJudgement, type Experiment, type Judgement } from './experiment.ts';
import { guestProgram } from './guest-program.ts';
import { textOf } from './judge.ts';
import { INTERRUPT_REMAPPING, type IommuKind } from './machine.ts';
import type { Part } from './part.ts';
import { openSnapshot, readSnapshot } from './read-snapshot.ts';
import { unnoticedChanges, type RecordedState } from './unnoticed-changes.ts';

/** A group in several states, each reached by what a person or a plan would do. */
export interface GroupLife {
  readonly name: string;
  readonly shows: string;
  readonly iommu: IommuKind;
  readonly parts: readonly Part[];
  /** Native drivers, loaded before the first state. */
  readonly drivers: readonly string[];
  /** Shell for the guest, which ends in `state NAME` where we are to look. */
  readonly script: string;
  /** Where the last step stops the kernel: the line that it must print. */
  readonly endsWith?: RegExp;
  readonly kernels?: readonly string[];
  readonly smoke?: readonly string[];
}

const VFIO_MODULES = ['vfio-pci', 'vfio_iommu_type1', 'pci-stub'];

/** Asks VFIO in each state whether it takes the group, and compares with our verdict. */
export function viabilityExperiment(life: GroupLife): Experiment {
  return {
    name: `viability-${life.name}`,
    shows: life.shows,
    family: 'viability',
    iommu: life.iommu,
    architecture: 'amd64',
    kernels: life.kernels,
    smoke: life.smoke,
    boot: async (kernel) => [await boot(topologyOf(life), kernel)],
    judge: async ([booted]) =>
      booted === undefined ? failedJudgement('Nothing was booted') : judgeLife(life, booted),
  };
}

async function judgeLife(life: GroupLife, booted: Boot): Promise<Judgement> {
  const states = await readStates(booted, stateNames(life.script));
  return {
    complaints: [
      ...booted.mishaps,
      ...states.flatMap(({ complaints }) => complaints),
      ...unnoticedChanges(life.script, await recordedStates(booted, stateNames(life.script))),
      ...endingComplaints(life, states.length, booted.console),
    ],
    compared: states.reduce((sum, { compared }) => sum + compared, 0),
    figures: states.map(({ word }) => word).join(', ') || 'the kernel stops, as it must',
    rules: new Set(states.map(({ rule }) => rule)),
  };
}

function endingComplaints(life: GroupLife, reached: number, console: string): readonly string[] {
  if (life.endsWith !== undefined) {
    return life.endsWith.test(console) ? [] : [`No line like ${life.endsWith.source}:\n${console}`];
  }
  const wanted = stateNames(life.script).length;
  return reached === wanted ? [] : [`${reached} of ${wanted} states were reached:\n${console}`];
}

function stateNames(script: string): readonly string[] {
  return [...script.matchAll(/^state (.*)$/gm)].map(([, name = '']) => name);
}

function topologyOf({ name, shows, iommu, parts, drivers, script }: GroupLife) {
  const modules = [...drivers, ...VFIO_MODULES];
  return {
    name,
    shows,
    iommu,
    parts,
    ...(iommu === 'intel' ? { iommuArgs: INTERRUPT_REMAPPING } : {}),
    guest: {
      modules,
      before: `load ${modules.join(' ')}\n${script}`,
      isRead: false,
      files: [{ path: 'bin/vfio-ask', content: guestProgram('vfio-ask') }],
    },
  };
}

interface State {
  readonly complaints: readonly string[];
  readonly compared: number;
  readonly word: string;
  readonly rule: string;
}

async function readStates(booted: Boot, names: readonly string[]): Promise<readonly State[]> {
  const reached = names.filter((name) => booted.answers.has(`${name}.vfio`));
  return Promise.all(reached.map((name) => readState(booted, name)));
}

async function readState(booted: Boot, name: string): Promise<State> {
  const host = await readSnapshot(booted, name);
  if (host === undefined) {
    return { complaints: [`${name}: no snapshot`], compared: 0, word: name, rule: '' };
  }
  const context = makeContext(host);
  const rule = viabilityModel(context) === 'described' ? 'VG-1' : 'VG-2';
  const answers = textOf(booted, `${name}.vfio`).split('\n').filter(Boolean);
  const complaints: string[] = [];
  for (const answer of answers) {
    const [number = '', ...words] = answer.split(' ');
    const members = membersOf(host, number);
    const ours = viabilityOf(members, context);
    const theirs = words.includes('open=16') ? 'in use' : words.includes('viable=1');
    if (theirs === 'in use' || ours.isViable === theirs) continue;
    complaints.push(
      `${name}: group ${number}: VFIO says ${words.join(' ')}; we ${JSON.stringify(ours)}`,
    );
  }
  complaints.push(...claimedWithoutNode(name, host, answers));
  return {
    complaints,
    compared: answers.length,
    word: `${name} ${answers.map(shortly).join('')}`,
    rule,
  };
}

/** A group that we call claimed must have its node. */
function claimedWithoutNode(
  name: string,
  host: Host,
  answers: readonly string[],
): readonly string[] {
  const context = makeContext(host);
  const nodes = new Set(answers.map((answer) => answer.split(' ')[0]));
  return (known(host.observedGroups) ?? [])
    .filter(({ id, members }) => ownershipOf(members, context) === 'claimed' && !nodes.has(id))
    .map(({ id }) => `${name}: group ${id} is claimed, but has no node in /dev/vfio`);
}

function shortly(answer: string): string {
  if (answer.includes('viable=1')) return '+';
  return answer.includes('viable=0') ? '-' : '?';
}

function membersOf(host: Host, number: string): readonly string[] {
  return (known(host.observedGroups) ?? []).find(({ id }) => id === number)?.members ?? [];
}

async function recordedStates(
  booted: Boot,
  names: readonly string[],
): Promise<readonly RecordedState[]> {
  const states = names.map(async (name) => ({ name, source: await openSnapshot(booted, name) }));
  return (await Promise.all(states)).flatMap(({ name, source }) =>
    source === undefined ? [] : [{ name, source }],
  );
}
