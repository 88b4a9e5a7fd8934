import { describe, expect, it, vi } from 'vitest';
import { formatSteps } from '../../../main/binding/plan/format-steps.ts';
import type { Step } from '../../../main/binding/plan/step.ts';
import type { HelperEvent } from '../../../main/binding/run/helper-event.ts';
import { driveHelper, type DrivenCall } from '../../../main/backend/drive-helper.ts';
import { helperReportSchema } from '../../../shared/helper-report.ts';
import { BIND_CARD, BOUND, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import { openHost, PLAN_ID, RECEIPT } from '../../support/simulated-host/open-host.ts';
import type { Sandbox } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 60_000 });

function stepsOf(steps: readonly Step[], bootId?: string): string {
  const header = { planId: PLAN_ID, machine: undefined, bootId, kernelRelease: undefined };
  const text = formatSteps({ ...header, steps });
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
}

async function drive(sandbox: Sandbox, call: DrivenCall) {
  const events: HelperEvent[] = [];
  const report = await driveHelper(sandbox.helperCommand(), call, {
    onEvent: (event) => events.push(event),
  });
  if (report.ok) helperReportSchema.parse(report.value);
  return { report, events };
}

const TIMED: readonly Step[] = [{ kind: 'timer', when: 'run', minutes: 10 }, ...BIND_CARD];

describe('the driver of the helper', () => {
  it('applies, says each step as it comes, sees the timer, confirms and undoes', async () => {
    const { kernel, sandbox } = await openHost('dash');
    const applied = await drive(sandbox, { verb: 'apply', steps: stepsOf(TIMED) });
    expect([applied.report.ok && applied.report.value.result, kernel.bindings]).toEqual([
      'applied',
      BOUND,
    ]);
    expect(applied.events.slice(0, 3)).toEqual([
      { kind: 'receipt', receipt: RECEIPT, state: undefined },
      { kind: 'step', number: 1, total: 6, phase: 'begin', subject: 'timer run' },
      { kind: 'step', number: 1, total: 6, phase: 'done', subject: 'timer run' },
    ]);
    const { report: status } = await drive(sandbox, { verb: 'status', receipt: RECEIPT });
    expect(status.ok && status.value.receipts).toEqual([
      {
        id: RECEIPT,
        state: 'applied',
        secondsLeft: 600,
        functions: [
          { bdf: '0000:01:00.0', driver: 'vfio-pci', planned: 'vfio-pci' },
          { bdf: '0000:01:00.1', driver: 'vfio-pci', planned: 'vfio-pci' },
        ],
      },
    ]);
    const { report: confirmed } = await drive(sandbox, { verb: 'confirm', receipt: RECEIPT });
    expect(confirmed.ok && confirmed.value.result).toBe('confirmed');
    const { report: undone } = await drive(sandbox, { verb: 'undo', receipt: RECEIPT });
    expect([undone.ok && undone.value.result, kernel.bindings]).toEqual(['undone', FREE]);
  });

  it('reports what was refused, and what was given back, with the problem', async () => {
    const { kernel, sandbox } = await openHost('dash');
    const stale = stepsOf(BIND_CARD, '99999999-2222-4333-8444-555555555555');
    const { report: refused } = await drive(sandbox, { verb: 'apply', steps: stale });
    const gpu = kernel.functions.get(GPU);
    if (gpu === undefined) throw new Error('No GPU');
    gpu.faults.refusedBy = ['vfio-pci'];
    const { report: failed } = await drive(sandbox, { verb: 'apply', steps: stepsOf(BIND_CARD) });
    const shown = [refused, failed].map((report) =>
      report.ok
        ? [
            report.value.helperStatus,
            report.value.result,
            ...report.value.problems.map(({ code }) => code),
          ]
        : report.error.message,
    );
    expect(shown).toEqual([
      [3, 'refused', 'rebooted'],
      [4, 'undone', 'probe'],
    ]);
    expect(kernel.bindings).toEqual(FREE);
    const { report: recovered } = await drive(sandbox, { verb: 'recover' });
    expect(recovered.ok && recovered.value.receipts).toEqual([]);
  });

  it('has no answer where the plan is malformed, the receipt unknown, the program missing', async () => {
    const { sandbox } = await openHost('dash');
    const malformed = await drive(sandbox, { verb: 'apply', steps: 'airlock-steps/1\nrm -rf\n' });
    const unknown = await drive(sandbox, { verb: 'undo', receipt: `000009-${PLAN_ID}` });
    const missing = await driveHelper(
      { program: '/nowhere/pkexec', before: [] },
      { verb: 'recover' },
      { onEvent: () => undefined },
    );
    const said = [malformed.report, unknown.report, missing].map((report) =>
      report.ok ? report.value : report.error.message,
    );
    expect(said).toEqual([
      'Line 2 of the plan breaks the grammar of steps',
      'No such receipt',
      'Cannot start /nowhere/pkexec: spawn /nowhere/pkexec ENOENT',
    ]);
  });
});
