import { Skeleton } from '@mantine/core';
import type { Explanation } from '../../../shared/view.ts';
import { DifferenceList } from '../../components/DifferenceList.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { TermText } from '../../components/TermText.tsx';
import { CONFIDENCES } from '../../components/confidences.ts';
import { splitByTerms } from '../../components/split-by-terms.ts';
import { DoubtList } from './DoubtList.tsx';
import { HopLine } from './HopLine.tsx';
import type { Answer } from './inspector-slice.ts';

interface WhySectionProps {
  readonly hostId: string;
  readonly answer: Answer<Explanation> | undefined;
}

/** Why the function is in its group: the chain up to the root, one line per hop. */
export function WhySection({ hostId, answer }: WhySectionProps) {
  return (
    <section className="panel">
      <h3 className="panel-title">Why here</h3>
      {answer === undefined ? <WaitingLines /> : null}
      {answer?.failure === undefined ? null : (
        <FailureCard title="Cannot explain the group" failure={answer.failure} />
      )}
      {answer?.value === undefined ? null : (
        <ExplanationBody hostId={hostId} explanation={answer.value} />
      )}
    </section>
  );
}

function ExplanationBody({ hostId, explanation }: { hostId: string; explanation: Explanation }) {
  const { summary, hops, confidence, doubts, differences } = explanation;
  const [summaryPieces = [], ...hopPieces] = splitByTerms([
    summary,
    ...hops.map((hop) => hop.text),
  ]);
  return (
    <>
      <p className="why__summary">
        <TermText pieces={summaryPieces} />
      </p>
      <ol className="hops">
        {hops.map((hop, index) => (
          <HopLine
            key={index}
            hostId={hostId}
            hop={hop}
            number={index + 1}
            pieces={hopPieces[index] ?? []}
          />
        ))}
      </ol>
      <p className="why__confidence">
        <strong>{CONFIDENCES[confidence].word}.</strong> {CONFIDENCES[confidence].means}
      </p>
      <DoubtList doubts={doubts} />
      {differences.length === 0 ? null : (
        <DifferenceList hostId={hostId} differences={differences} />
      )}
    </>
  );
}

function WaitingLines() {
  return (
    <div role="status" aria-label="Explaining">
      <Skeleton height={12} mt={6} />
      <Skeleton height={12} mt={8} width="82%" />
      <Skeleton height={48} mt={14} />
      <Skeleton height={48} mt={8} />
    </div>
  );
}
