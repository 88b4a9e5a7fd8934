import { useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { counted } from '../../components/counted.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { DifferenceList } from '../../components/DifferenceList.tsx';
import { MemberLinks } from '../../components/MemberLinks.tsx';
import { ProblemList } from '../../components/ProblemList.tsx';
import { RightsCard } from '../../components/RightsCard.tsx';
import { selectMissingFacts, selectUnreadFacts } from './problems-selectors.ts';

/** Everything that limits trust in what is shown, and what would lift the limit. */
export function ProblemsPage({ hostId }: { hostId: string }) {
  const host = useAppSelector((state) => selectHost(state, hostId));
  const missing = useAppSelector((state) => selectMissingFacts(state, hostId));
  const unread = useAppSelector((state) => selectUnreadFacts(state, hostId));
  if (host === undefined) return null;
  const isClean =
    host.differences.length + host.problems.length + missing.length + unread.length === 0;
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label="Problems">
      <div className="problems">
        {isClean ? (
          <EmptyState
            title="No problems"
            text={
              host.basis === 'as-is'
                ? 'Everything was readable, and the kernel formed the groups that Airlock predicts.'
                : 'Everything was readable. With the IOMMU off there are no groups of the kernel to compare with.'
            }
          />
        ) : null}
        {host.lacksRights ? <RightsCard host={host} /> : null}
        {host.differences.length === 0 ? null : (
          <section>
            <h2 className="section-title">
              Kernel and prediction disagree
              <span className="section-title__note">
                {counted(host.differences.length, 'difference')}
              </span>
            </h2>
            <DifferenceList hostId={hostId} differences={host.differences} />
          </section>
        )}
        <MissingFacts hostId={hostId} />
        <UnreadFacts hostId={hostId} />
        {host.problems.length === 0 ? null : (
          <section>
            <h2 className="section-title">
              Problems with this reading
              <span className="section-title__note">
                {counted(host.problems.length, 'problem')}
              </span>
            </h2>
            <ProblemList problems={host.problems} />
          </section>
        )}
      </div>
    </div>
  );
}

function MissingFacts({ hostId }: { hostId: string }) {
  const missing = useAppSelector((state) => selectMissingFacts(state, hostId));
  if (missing.length === 0) return null;
  return (
    <section>
      <h2 className="section-title">
        What the prediction assumes or misses
        <span className="section-title__note">
          with the command that supplies it, where there is one
        </span>
      </h2>
      <ul className="missing-list">
        {missing.map(({ command, texts, members }) => (
          <li key={command ?? texts[0]} className="missing">
            {command === undefined ? null : <CommandLine command={command} />}
            <ul className="missing__texts">
              {texts.slice(0, 4).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
            {texts.length > 4 ? (
              <p className="dim">and {texts.length - 4} more of this kind</p>
            ) : null}
            <MemberLinks hostId={hostId} members={members} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function UnreadFacts({ hostId }: { hostId: string }) {
  const unread = useAppSelector((state) => selectUnreadFacts(state, hostId));
  if (unread.length === 0) return null;
  return (
    <section>
      <h2 className="section-title">
        What could not be read
        <span className="section-title__note">unknown, which is not the same as absent</span>
      </h2>
      <ul className="missing-list">
        {unread.map(({ text, members }) => (
          <li key={text} className="missing">
            <p>
              {text}
              <span className="dim"> · {counted(members.length, 'function')}</span>
            </p>
            <MemberLinks hostId={hostId} members={members} />
          </li>
        ))}
      </ul>
    </section>
  );
}
