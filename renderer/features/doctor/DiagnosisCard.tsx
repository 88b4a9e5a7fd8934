import type { DoctorReport } from '../../../shared/doctor-report.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { MemberLinks } from '../../components/MemberLinks.tsx';
import { selectFunction } from '../hosts/hosts-selectors.ts';
import { DIAGNOSIS_WEIGHTS } from './diagnosis-weights.ts';

export type DiagnosisView = DoctorReport['diagnoses'][number];

interface DiagnosisCardProps {
  readonly diagnosis: DiagnosisView;
  /** The host that the log is of, where it is open. */
  readonly hostId: string | undefined;
}

/** One known line: what it means, what to check, what to do, and who says so. */
export function DiagnosisCard({ diagnosis, hostId }: DiagnosisCardProps) {
  const { id, weight, line, log, lineNumber, count, meaning, follows, source } = diagnosis;
  const look = DIAGNOSIS_WEIGHTS[weight];
  return (
    <li className={`diagnosis tone-${look.tone}`}>
      <p className="diagnosis__head">
        <span className={`tag tone-${look.tone}`}>{look.word}</span>
        <strong>{meaning}</strong>
      </p>
      <p className="diagnosis__line mono">{line}</p>
      <div className="diagnosis__where">
        <DeviceLink device={diagnosis.device} hostId={hostId ?? ''} />
        <span>
          {log}, line {lineNumber.toLocaleString('en-US')}
          {count > 1 ? `, ${count.toLocaleString('en-US')} times` : ''}
        </span>
        <span className="mono">{id}</span>
      </div>
      {diagnosis.hostFacts.length === 0 ? null : (
        <ul className="diagnosis__facts" aria-label="What the host says">
          {diagnosis.hostFacts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {follows.length > 0 ? (
        <p>Look at {follows.join(', ')} first.</p>
      ) : (
        <dl className="diagnosis__advice">
          <dt>Check</dt>
          <dd>{diagnosis.check}</dd>
          <dt>Do</dt>
          <dd>{diagnosis.remedy}</dd>
        </dl>
      )}
      <p className="evidence">{source}</p>
    </li>
  );
}

/** The device opens in the inspector where the joined host has it. */
function DeviceLink({ device, hostId }: { device: string | undefined; hostId: string }) {
  const fn = useAppSelector((state) => selectFunction(state, hostId, device ?? ''));
  if (device === undefined) return null;
  if (fn === undefined) return <Address value={device} />;
  return (
    <>
      <MemberLinks hostId={hostId} members={[device]} />
      <span>{fn.name}</span>
    </>
  );
}
