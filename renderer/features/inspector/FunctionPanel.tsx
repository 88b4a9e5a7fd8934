import { Button } from '@mantine/core';
import type { FunctionView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { planFor } from '../plans/plans-thunks.ts';
import { MakeVmButton } from '../vm/MakeVmButton.tsx';
import { selectGroup } from '../hosts/hosts-selectors.ts';
import { CheckSection } from './CheckSection.tsx';
import { FactsSection } from './FactsSection.tsx';
import { FindingList } from '../../components/FindingList.tsx';
import { PanelHead } from './PanelHead.tsx';
import { RequesterIds } from './RequesterIds.tsx';
import { SplitsSection } from './SplitsSection.tsx';
import { VerdictBlock } from './VerdictBlock.tsx';
import { WhySection } from './WhySection.tsx';
import { functionReport } from './inspector-report.ts';
import { useAnswers } from './use-answers.ts';

interface FunctionPanelProps {
  readonly hostId: string;
  readonly fn: FunctionView;
  readonly onClose?: () => void;
}

/** Everything about one function, the answer first, the facts last. */
export function FunctionPanel({ hostId, fn, onClose }: FunctionPanelProps) {
  const dispatch = useAppDispatch();
  const group = useAppSelector((state) => selectGroup(state, hostId, fn.groupId ?? ''));
  const { explanation, check } = useAnswers(hostId, fn.bdf, [fn.bdf]);
  const close = onClose === undefined ? {} : { onClose };
  const report = () => Promise.resolve(functionReport(fn, group, explanation?.value, check?.value));
  return (
    <div className="inspector">
      <PanelHead title={fn.name} {...close}>
        <p className="panel-head__line">
          <KindIcon kind={fn.kind} size={15} />
          <Address value={fn.bdf} />
          <CopyButton isIcon label="Copy the address" text={fn.bdf} />
          <span className="dim">{fn.ids}</span>
        </p>
        <p className="panel-head__line dim">
          {fn.vendorName} · {fn.className}
        </p>
      </PanelHead>
      <VerdictBlock hostId={hostId} group={group} check={check} self={fn.bdf} />
      <FindingList findings={check?.value?.findings ?? []} />
      <WhySection hostId={hostId} answer={explanation} />
      <SplitsSection explanation={explanation?.value} />
      <CheckSection hostId={hostId} answer={check} />
      <RequesterIds explanation={explanation?.value} />
      <FactsSection hostId={hostId} fn={fn} />
      <div className="inspector__foot button-row">
        {fn.isHostPart ? null : (
          <>
            <Button onClick={() => dispatch(planFor(hostId, fn.bdf))}>Plan its move to a VM</Button>
            <MakeVmButton hostId={hostId} bdfs={[fn.bdf]} />
          </>
        )}
        <CopyButton label="Copy as text" text={report} />
      </div>
    </div>
  );
}
