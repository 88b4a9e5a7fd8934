import { memo, useMemo } from 'react';
import { FINDING_SEVERITIES } from '../../components/finding-severities.ts';
import { configLines, MOST_LINES, type ConfigLine, type NumberedFinding } from './config-lines.ts';
import { findingId } from './finding-focus.ts';

interface ConfigTextProps {
  /** What the text is, for screen readers: `win11.xml`. */
  readonly label: string;
  readonly text: string;
  readonly findings: readonly NumberedFinding[];
  /** Index of the file that the findings mean. */
  readonly file: number;
}

/** A configuration line by line, with each finding below the first line that it is about. */
export function ConfigText({ label, text, findings, file }: ConfigTextProps) {
  const lines = useMemo(() => configLines(text, findings, file), [text, findings, file]);
  return (
    <div className="config-text" role="group" aria-label={label} tabIndex={0}>
      {lines.map((line, index) => (
        <Line key={index} number={index + 1} line={line} />
      ))}
      {lines.length === MOST_LINES ? (
        <p className="vm-hint">Lines after this one are not shown.</p>
      ) : null}
    </div>
  );
}

const Line = memo(
  function Line({ number, line }: { number: number; line: ConfigLine }) {
    const tone =
      line.severity === undefined ? '' : `tone-${FINDING_SEVERITIES[line.severity].tone}`;
    return (
      <>
        <div className={`config-line ${tone}`} data-marked={line.severity !== undefined}>
          <span className="config-line__number" data-number={number} aria-hidden />
          <code className="config-line__text">{line.text === '' ? ' ' : line.text}</code>
        </div>
        {line.findings.map((one) => (
          <LineFinding key={one.number} line={number} {...one} />
        ))}
      </>
    );
  },
  (before, after) =>
    before.number === after.number && JSON.stringify(before.line) === JSON.stringify(after.line),
);

/** What is wrong with the line above, and what to do; the list beside the text leads here. */
function LineFinding({ line, number, finding }: NumberedFinding & { line: number }) {
  const look = FINDING_SEVERITIES[finding.severity];
  return (
    <div
      id={findingId(number)}
      className={`line-finding tone-${look.tone}`}
      role="note"
      aria-label={`${look.word} at line ${line}`}
      tabIndex={-1}
    >
      <span className={`tag tone-${look.tone}`}>{look.word}</span>
      <p className="line-finding__text">
        {finding.text} <span className="line-finding__remedy">{finding.remedy}</span>
      </p>
    </div>
  );
}
