import type { FindingView } from '../../shared/view.ts';
import { FINDING_SEVERITIES } from './finding-severities.ts';

/** Findings of a check, the gravest first. */
export function FindingList({ findings }: { findings: readonly FindingView[] }) {
  if (findings.length === 0) return null;
  const order = Object.keys(FINDING_SEVERITIES);
  const sorted = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <ul className="findings" aria-label="Findings">
      {sorted.map((finding) => {
        const look = FINDING_SEVERITIES[finding.severity];
        return (
          <li
            key={`${finding.code} ${finding.subjects.join(' ')}`}
            className={`finding tone-${look.tone}`}
          >
            <p className="finding__title">
              <span className={`tag tone-${look.tone}`}>{look.word}</span>
              {finding.title}
            </p>
            <p className="finding__text">{finding.text}</p>
            <p className="evidence">{finding.evidence}</p>
          </li>
        );
      })}
    </ul>
  );
}
