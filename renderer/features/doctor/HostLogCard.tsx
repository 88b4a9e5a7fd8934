import { Button } from '@mantine/core';
import { useAppDispatch } from '../../app/hooks.ts';
import { counted } from '../../components/counted.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { DiagnosisCard } from './DiagnosisCard.tsx';
import { showHostLogs } from './doctor-thunks.ts';

/** Causes that the overview names; the page of logs has them all. */
const SHOWN = 2;

/** What the logs say that came with a host, the root cause first. */
export function HostLogCard({ host: { hostId, log } }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  const causes = log?.diagnoses.filter(({ follows }) => follows.length === 0) ?? [];
  if (log === undefined || causes.length === 0) return null;
  const rest = log.diagnoses.length - Math.min(SHOWN, causes.length);
  return (
    <section className="log-card" aria-label="The log says">
      <h2 className="section-title">The log says</h2>
      <ol className="diagnoses__list">
        {causes.slice(0, SHOWN).map((one) => (
          <DiagnosisCard key={`${one.id} ${one.device ?? ''}`} diagnosis={one} hostId={hostId} />
        ))}
      </ol>
      <p className="log-card__more">
        {rest > 0 ? <span className="dim">and {counted(rest, 'more known line')}</span> : null}
        <Button variant="default" onClick={() => void dispatch(showHostLogs(hostId))}>
          Read the log of this host
        </Button>
      </p>
    </section>
  );
}
