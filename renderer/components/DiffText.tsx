interface DiffTextProps {
  /** What it is the difference of, for screen readers. */
  readonly label: string;
  /** Lines of a unified diff. */
  readonly lines: readonly string[];
}

/** A unified diff; signs tell added from removed as well as colours. */
export function DiffText({ label, lines }: DiffTextProps) {
  return (
    <pre className="diff" tabIndex={0} role="group" aria-label={label}>
      {lines.map((line, index) => (
        <span key={index} className={`diff__line ${lineClass(line)}`}>
          {line === '' ? ' ' : line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

function lineClass(line: string): string {
  if (/^(---|\+\+\+) /.test(line)) return 'diff__line--file';
  if (line.startsWith('@@')) return 'diff__line--place';
  if (line.startsWith('+')) return 'diff__line--added';
  return line.startsWith('-') ? 'diff__line--removed' : '';
}
