import { Button } from '@mantine/core';
import type { HelperWay } from '../../../shared/binding.ts';
import type { Plan } from '../../../shared/plan.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectRun, selectIsHelperBusy } from '../receipts/receipts-selectors.ts';
import { ExportPanel } from './ExportPanel.tsx';
import { RunPanel } from './RunPanel.tsx';
import { selectDraft } from './plans-selectors.ts';
import { carryOut } from './plans-thunks.ts';

/** Has the plan carried out here, or hands it out for the host that it is for. */
export function ApplyStep({ hostId }: { hostId: string }) {
  const { answer, jobId } = useAppSelector((state) => selectDraft(state, hostId));
  const run = useAppSelector((state) => selectRun(state, jobId));
  if (answer?.kind !== 'plan') return null;
  const { plan, way } = answer;
  if (run !== undefined) return <RunPanel hostId={hostId} plan={plan} run={run} />;
  const canApply = way.kind !== 'elsewhere' && way.kind !== 'by-hand' && plan.steps.length > 0;
  return (
    <>
      {canApply ? <ApplyPanel hostId={hostId} plan={plan} way={way} /> : null}
      <ExportPanel hostId={hostId} plan={plan} way={way} isOnlyWay={!canApply} />
    </>
  );
}

const WAYS: Readonly<Record<HelperWay['kind'], string>> = {
  direct: 'Airlock runs as root, so the helper begins at once.',
  asks: 'The system asks for administrator rights first.',
  'over-ssh':
    'Airlock connects to the host, brings the helper there and removes it afterwards. A connection that drops does not end the plan.',
  'by-hand': '',
  elsewhere: '',
};

function ApplyPanel({ hostId, plan, way }: { hostId: string; plan: Plan; way: HelperWay }) {
  const dispatch = useAppDispatch();
  const isBusy = useAppSelector((state) => selectIsHelperBusy(state, hostId));
  return (
    <section className="apply-panel">
      <h3>{actionWords(plan)} on this host</h3>
      <p>
        {WAYS[way.kind]} A receipt with everything that an undo needs is written before the first
        step.
      </p>
      <Button disabled={isBusy} onClick={() => void dispatch(carryOut(hostId))}>
        {actionWords(plan)}
      </Button>
    </section>
  );
}

/** What the button does, by the name of its object. */
function actionWords({ groups, when, boot }: Plan): string {
  if (groups.length === 0) return `Add ${boot?.arguments.join(' ') ?? ''} from the next boot on`;
  const ids = groups.map(({ id }) => id).join(' and ');
  const named = `${groups.length === 1 ? 'group' : 'groups'} ${ids}`;
  if (!when.includes('boot')) return `Bind ${named} now`;
  return when.includes('now')
    ? `Bind ${named} now and at every boot`
    : `Bind ${named} from the next boot on`;
}
