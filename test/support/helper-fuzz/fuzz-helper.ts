import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSteps } from '../../../main/binding/plan/parse-steps.ts';
import { graphicsCard } from '../simulated-host/graphics-card.ts';
import {
  collect,
  HELPER,
  plant,
  Sandbox,
  shellCommand,
  type ShellName,
} from '../simulated-host/sandbox.ts';
import type { SimulatedKernel } from '../simulated-host/simulated-kernel.ts';
import { forbiddenPrograms, forbiddenWrites } from './allowed-names.ts';
import { mutatePlan, seededDraw } from './mutate-plan.ts';
import { seedPlans } from './seed-plans.ts';
import { parseTrace, TRACED_CALLS } from './trace-writes.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  readonly shell: ShellName;
  /** Called after each batch with the number of plans so far. */
  readonly onProgress?: (done: number) => void;
}

export interface FuzzResult {
  /** How many runs ended with each exit status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What should not have happened, each once; empty when all is well. */
  readonly violations: readonly string[];
  /** How many different names were opened for writing, made, moved or removed. */
  readonly namesWritten: number;
}

const BATCH = 100;

/**
 * Gives mutated plans to `airlock-helper apply` under strace and undoes what was applied. A
 * violation is: a name outside of the closed list is to be written, a program outside of the
 * closed list is started, a plan is judged otherwise than by `parseSteps`, a driver is lost.
 */
export async function fuzzHelper(options: FuzzOptions): Promise<FuzzResult> {
  const kernel = graphicsCard();
  const sandbox = await Sandbox.open(kernel, options.shell, 'disk');
  const traces = mkdtempSync(join(tmpdir(), 'airlock-fuzz-'));
  plantHost(sandbox);
  const seeds = seedPlans(kernel.bootId);
  const draw = seededDraw(options.seed);
  const free = JSON.stringify(kernel.bindings);
  const statuses: Record<string, number> = {};
  const violations = new Set<string>();
  const names = new Set<string>();
  try {
    for (let done = 0; done < options.count; done += BATCH) {
      const plans = Array.from({ length: Math.min(BATCH, options.count - done) }, () =>
        mutatePlan(seeds[draw(seeds.length)] ?? '', seeds, draw),
      );
      const trace = join(traces, 'trace');
      const shown = await runBatch(sandbox, options.shell, plans, trace);
      for (const [index, status] of shown.entries()) {
        statuses[status] = (statuses[status] ?? 0) + 1;
        const objection = judge(plans[index] ?? '', status);
        if (objection !== undefined) violations.add(objection);
      }
      if (shown.length !== plans.length)
        violations.add(`only ${shown.length} of ${plans.length} ran`);
      const { written, started } = parseTrace(readFileSync(trace, 'utf8'), sandbox.root);
      // A copy: a slice would keep the whole trace of its batch.
      for (const name of written) names.add(Buffer.from(name).toString());
      kernel.writes.length = 0;
      for (const name of forbiddenWrites(written)) violations.add(`written: ${name}`);
      for (const name of forbiddenPrograms(started)) violations.add(`started: ${name}`);
      if (JSON.stringify(kernel.bindings) !== free) violations.add(lost(kernel, done));
      options.onProgress?.(done + plans.length);
    }
  } finally {
    await sandbox.close();
    rmSync(traces, { recursive: true, force: true });
  }
  return { statuses, violations: [...violations], namesWritten: names.size };
}

function lost(kernel: SimulatedKernel, done: number): string {
  return `drivers lost after ${done}: ${JSON.stringify(kernel.bindings)}`;
}

/** What boot changes need of a host. */
function plantHost(sandbox: Sandbox): void {
  for (const name of ['update-initramfs', 'grub-mkconfig', 'dracut', 'mkinitcpio']) {
    plant(sandbox.root, name, 'exit 0');
  }
  for (const path of [
    'etc/initramfs-tools/hooks',
    'etc/initramfs-tools/scripts/init-top',
    'usr/lib/dracut/modules.d',
  ]) {
    mkdirSync(join(sandbox.root, path), { recursive: true });
  }
  for (const path of ['etc/default', 'etc/libvirt/hooks', 'etc/systemd/system']) {
    mkdirSync(join(sandbox.root, path), { recursive: true });
  }
  sandbox.write('/etc/kernel/cmdline', 'root=/dev/sda1 ro\n');
}

/** Runs inside: one line a plan, its number and the exit status. Receipts of the batch are removed at its end. */
const LOOP = `
cd /plans
for plan in *; do
  $HELPER apply "/plans/$plan" >/dev/null 2>&1
  status=$?
  if [ $status = 0 ]; then
    for receipt in /var/lib/airlock/receipts/*; do last=\${receipt##*/}; done
    $HELPER undo "$last" >/dev/null 2>&1 || status="$status-undo-$?"
  fi
  echo "$plan $status"
done
rm -rf /var/lib/airlock/receipts
`;

async function runBatch(
  sandbox: Sandbox,
  shell: ShellName,
  plans: readonly string[],
  trace: string,
): Promise<readonly string[]> {
  rmSync(join(sandbox.root, 'plans'), { recursive: true, force: true });
  mkdirSync(join(sandbox.root, 'plans'));
  for (const [index, plan] of plans.entries()) {
    writeFileSync(join(sandbox.root, 'plans', String(index).padStart(3, '0')), plan);
  }
  const helper = [...shellCommand(shell), HELPER].join(' ');
  const script = LOOP.replaceAll('$HELPER', helper);
  const strace = [
    'strace',
    '-f',
    '-y',
    '-qq',
    '--seccomp-bpf',
    '-s',
    '4096',
    '-e',
    `trace=${TRACED_CALLS}`,
  ];
  const child = sandbox.start(
    ['/bin/sh', '-c', script],
    [...strace, '-e', 'signal=none', '-o', trace],
  );
  const { status, stdout, stderr } = await collect(child);
  if (status !== 0) throw new Error(`The batch ended with ${status}: ${stderr}`);
  const lines = stdout.split('\n').filter(Boolean);
  return lines.map((line) => line.split(' ')[1] ?? '');
}

/** Both readers of the format say the same, and what was applied could be undone. */
function judge(plan: string, status: string): string | undefined {
  const isPlan = parseSteps(plan).ok;
  if (isPlan === (status === '2')) return `judged otherwise (${status}): ${JSON.stringify(plan)}`;
  return ['0', '2', '3', '4'].includes(status)
    ? undefined
    : `ended with ${status}: ${JSON.stringify(plan)}`;
}
