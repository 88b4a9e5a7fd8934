import { Button } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { counted } from '../../components/counted.ts';
import { TermText } from '../../components/TermText.tsx';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import { splitByTerms } from '../../components/split-by-terms.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import { viewChanged } from '../groups/groups-slice.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { IOMMU_STATES } from '../../components/iommu-states.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { planForArgument } from '../plans/plans-thunks.ts';
import { selectGroupTally } from './overview-selectors.ts';

/** Whether the IOMMU is on, the one thing to do if not, and how the groups fall out. */
export function IommuCard({ host }: { host: HostRecord }) {
  const { iommu } = host;
  const look = IOMMU_STATES[iommu.state];
  const [sentence = []] = splitByTerms([iommu.sentence]);
  return (
    <section className={`iommu-card tone-${look.tone}`} aria-label="IOMMU and groups">
      <div className="iommu-card__state">
        <h2 className="iommu-card__word">{look.word}</h2>
        <p className="iommu-card__sentence">
          <TermText pieces={sentence} />
        </p>
        <p className="evidence">
          {iommu.evidence}
          {iommu.units.length === 0 ? '' : ` · ${iommu.units.join(', ')}`}
        </p>
      </div>
      {iommu.advice.length === 0 ? null : (
        <ul className="iommu-card__advice">
          {iommu.advice.map((advice) => (
            <li key={advice.title}>
              <h3>{advice.title}</h3>
              <p>{advice.text}</p>
              {advice.copy === undefined ? null : (
                <CommandLine command={advice.copy.text} isOption={!advice.copy.isCommand} />
              )}
              <ArgumentPlan hostId={host.hostId} argument={advice.planArgument} />
            </li>
          ))}
        </ul>
      )}
      <GroupTally hostId={host.hostId} />
    </section>
  );
}

function ArgumentPlan({ hostId, argument }: { hostId: string; argument: string | undefined }) {
  const dispatch = useAppDispatch();
  if (argument === undefined) return null;
  return (
    <Button variant="default" size="xs" onClick={() => dispatch(planForArgument(hostId, argument))}>
      Plan {argument}
    </Button>
  );
}

function GroupTally({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const tally = useAppSelector((state) => selectGroupTally(state, hostId));
  return (
    <div className="tally">
      <p className="tally__total">{counted(tally.total, 'group')}</p>
      <ul className="tally__list">
        {tally.byVerdict
          .filter(({ count }) => count > 0)
          .map(({ verdict, count }) => (
            <li key={verdict}>
              <button
                type="button"
                className="tally__item"
                title={`${VERDICTS[verdict].means} Show these groups`}
                onClick={() => {
                  dispatch(viewChanged({ hostId, change: { verdicts: [verdict] } }));
                  dispatch(tabChosen('groups'));
                }}
              >
                <VerdictMark verdict={verdict} />
                <span className="tally__count">{count.toLocaleString('en-US')}</span>
                <span>{VERDICTS[verdict].word.toLowerCase()}</span>
              </button>
            </li>
          ))}
      </ul>
    </div>
  );
}
