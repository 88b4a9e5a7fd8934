import { Button } from '@mantine/core';
import { IconFolderDown } from '@tabler/icons-react';
import type { HelperWay } from '../../../shared/binding.ts';
import type { Plan } from '../../../shared/plan.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { selectAppInfo } from '../connection/connection-selectors.ts';
import { MakeVmButton } from '../vm/MakeVmButton.tsx';
import { selectDraft } from './plans-selectors.ts';
import { savePlan } from './plans-thunks.ts';

interface ExportPanelProps {
  readonly hostId: string;
  readonly plan: Plan;
  readonly way: HelperWay;
  /** Whether the plan cannot be carried out from this window. */
  readonly isOnlyWay: boolean;
}

/** Hands the plan out as a folder, with the line that carries it out in a terminal. */
export function ExportPanel({ hostId, plan, way, isOnlyWay }: ExportPanelProps) {
  const dispatch = useAppDispatch();
  const hasDialog = useAppSelector(selectAppInfo)?.hasFileDialog ?? false;
  const { exported, exportFailure } = useAppSelector((state) => selectDraft(state, hostId));
  return (
    <section className="export-panel">
      <h3>{isOnlyWay ? 'Take the plan to the host' : 'Or carry it out by hand'}</h3>
      <p>{whyWords(plan, way)}</p>
      <p className="dim">
        The folder holds plan.md to read, steps.txt that alone counts, every change as a difference,
        the helper, and two scripts: do.sh and undo.sh.
      </p>
      <div className="button-row">
        <Button
          variant={isOnlyWay ? 'filled' : 'default'}
          leftSection={<IconFolderDown size={15} stroke={1.7} aria-hidden />}
          onClick={() => void dispatch(savePlan(hostId))}
        >
          {hasDialog ? 'Save the folder of the plan' : 'Download the plan'}
        </Button>
        <MakeVmButton hostId={hostId} bdfs={plan.asked} />
      </div>
      {exportFailure === undefined ? null : (
        <FailureCard title="Cannot save the plan" failure={exportFailure} />
      )}
      {exported === undefined ? null : (
        <div className="export-panel__done" role="status">
          <p>
            {exported.kind === 'folder'
              ? `Saved in ${exported.path}.`
              : `Downloaded as ${exported.name}.`}{' '}
            {way.kind === 'elsewhere'
              ? 'Copy it to the host. There, in its folder:'
              : 'In a terminal, in its folder:'}
          </p>
          <CommandLine command={exported.command} />
          <p className="dim">
            It asks for nothing and stops at the first surprise. The window shows it under Receipts
            afterwards, where this host is open.
          </p>
        </div>
      )}
    </section>
  );
}

function whyWords({ steps, boundTo }: Plan, { kind }: HelperWay): string {
  if (steps.length === 0) {
    return 'The helper does not drive how this host boots: what there is to do is done by hand, and the folder says it step by step.';
  }
  switch (kind) {
    case 'elsewhere':
      return 'This is a record of a host, so nothing can be changed from here. The helper on the host compares every card, driver and group with the plan before it acts.';
    case 'by-hand':
      return 'Airlock has no administrator rights here, and never starts as root what its user can write. You do it, in a terminal.';
    case 'direct':
    case 'asks':
    case 'over-ssh':
      return boundTo.boot === 'any'
        ? 'The same steps, as a folder to read, to keep and to carry out in a terminal.'
        : 'The same steps, as a folder to read, to keep and to carry out in a terminal, until the next boot.';
  }
}
