import { Button } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { AsIfOnBanner } from '../../components/AsIfOnBanner.tsx';
import { counted } from '../../components/counted.ts';
import { HostLogCard } from '../doctor/HostLogCard.tsx';
import { selectHost } from '../hosts/hosts-selectors.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { DifferenceList } from '../../components/DifferenceList.tsx';
import { ProblemList } from '../../components/ProblemList.tsx';
import { RightsCard } from '../../components/RightsCard.tsx';
import { DeviceSections } from './DeviceSections.tsx';
import { IommuCard } from './IommuCard.tsx';
import { isMissing, RecognisedCard } from './RecognisedCard.tsx';

/** One screen that answers: is the IOMMU on, what can be passed, what is wrong with this reading. */
export function OverviewPage({ hostId }: { hostId: string }) {
  const host = useAppSelector((state) => selectHost(state, hostId));
  if (host === undefined) return null;
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label="Overview">
      <div className="overview">
        {host.differences.length === 0 ? null : (
          <section>
            <h2 className="section-title">
              Kernel and prediction disagree
              <span className="section-title__note">
                {counted(host.differences.length, 'difference')}
              </span>
            </h2>
            <DifferenceList hostId={hostId} differences={host.differences.slice(0, 3)} />
          </section>
        )}
        {host.basis === 'as-if-on' ? <AsIfOnBanner state={host.iommu.state} /> : null}
        <IommuCard host={host} />
        <HostLogCard host={host} />
        <RecognisedCard host={host} />
        {host.lacksRights && host.report === undefined ? <RightsCard host={host} /> : null}
        <DeviceSections hostId={hostId} />
        <ProblemsOfReading host={host} />
      </div>
    </div>
  );
}

function ProblemsOfReading({ host }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  // What a report lacks is said where it says what was recognised.
  const isSaid = host.report === undefined ? () => false : isMissing;
  const problems = host.problems.filter((problem) => !isSaid(problem));
  if (problems.length === 0) return null;
  const rest = problems.length - 3;
  return (
    <section>
      <h2 className="section-title">Problems with this reading</h2>
      <ProblemList problems={problems.slice(0, 3)} />
      {rest > 0 ? (
        <Button variant="subtle" onClick={() => dispatch(tabChosen('problems'))}>
          Show {counted(rest, 'more problem')}
        </Button>
      ) : null}
    </section>
  );
}
