import { FINDING_SEVERITIES } from '../../components/finding-severities.ts';
import type { NumberedFinding } from './config-lines.ts';

interface VmFindingsProps {
  readonly findings: readonly NumberedFinding[];
  /** Shows the lines of a finding. */
  readonly onJump: (finding: NumberedFinding) => void;
}

/** Every finding, the gravest first; those with a place lead to it. */
export function VmFindings({ findings, onJump }: VmFindingsProps) {
  if (findings.length === 0) return null;
  return (
    <ul className="vm-findings" aria-label="Findings">
      {findings.map((one) => {
        const { number, finding } = one;
        const look = FINDING_SEVERITIES[finding.severity];
        return (
          <li key={number} className={`vm-finding tone-${look.tone}`}>
            <span className={`tag tone-${look.tone}`}>{look.word}</span>
            <p className="vm-finding__text">
              {finding.text}{' '}
              {finding.place === undefined ? (
                <span className="dim">{finding.remedy}</span>
              ) : (
                <button type="button" className="link-button" onClick={() => onJump(one)}>
                  Line {finding.place.first}
                </button>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
