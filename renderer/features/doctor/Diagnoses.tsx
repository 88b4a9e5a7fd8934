import type { ReplyOf } from '../../../shared/contract.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { counted } from '../../components/counted.ts';
import { DiagnosisCard } from './DiagnosisCard.tsx';
import type { DiagnosisView } from './DiagnosisCard.tsx';
import { selectDiagnoses } from './doctor-selectors.ts';

/** Causes, then what follows from them; what is harmless is folded. */
export function Diagnoses({ answer }: { answer: ReplyOf<'doctor:read'> }) {
  const { first, following, harmless } = useAppSelector(selectDiagnoses);
  if (first.length + following.length + harmless.length === 0) {
    return (
      <EmptyState
        title="No line is known"
        text="That is no proof that nothing is wrong: the lines that explain a failure may be in another log, or further up in this one."
      />
    );
  }
  return (
    <section className="diagnoses" aria-label="What the log says">
      <div className="diagnoses__head">
        <p role="status">{summary(first.length, following.length, harmless.length)}</p>
        <CopyButton label="Copy as text" text={answer.text} />
      </div>
      <DiagnosisList diagnoses={first} />
      {following.length === 0 ? null : (
        <>
          <h2 className="section-title">
            Follows from it
            <span className="section-title__note">gone when the cause is</span>
          </h2>
          <DiagnosisList diagnoses={following} />
        </>
      )}
      {harmless.length === 0 ? null : (
        <details className="diagnoses__harmless">
          <summary>{counted(harmless.length, 'harmless line')}</summary>
          <DiagnosisList diagnoses={harmless} />
        </details>
      )}
    </section>
  );
}

function DiagnosisList({ diagnoses }: { diagnoses: readonly DiagnosisView[] }) {
  const hostId = useAppSelector((state) => state.doctor.hostId);
  return (
    <ol className="diagnoses__list">
      {diagnoses.map((one) => (
        <DiagnosisCard key={`${one.id} ${one.device ?? ''}`} diagnosis={one} hostId={hostId} />
      ))}
    </ol>
  );
}

function summary(first: number, following: number, harmless: number): string {
  if (first + following === 0) return 'No known line says that something is wrong.';
  return [
    `${counted(first, 'thing is', 'things are')} wrong`,
    ...(following === 0 ? [] : [`${counted(following, 'line follows', 'lines follow')} from that`]),
    ...(harmless === 0
      ? []
      : [`${counted(harmless, 'known line is', 'known lines are')} harmless`]),
  ].join('; ');
}
