import type { ProblemView, ReportView, SourceView } from '../../../shared/view.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { counted } from '../../components/counted.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { recognisedParts, type RecognisedPart } from './recognised-parts.ts';
import { FACTS, ORIGINS, REPORT_KINDS } from './report-words.ts';

/** What a source was recognised as, where its facts are from, and what to ask its sender for. */
export function RecognisedCard({ host }: { host: HostRecord }) {
  const { report, source } = host;
  const tree = TREES[source.kind];
  if (report === undefined) {
    if (tree === undefined) return null;
    return (
      <p className="recognised recognised--line">
        <strong>Recognised as</strong> {tree}. Every fact is what the kernel&apos;s own files say.
      </p>
    );
  }
  const missing = host.problems.filter(isMissing);
  return (
    <section className="recognised" aria-label="Recognised as">
      <div className="recognised__columns">
        <div>
          <h2 className="section-title">Recognised as</h2>
          <Parts parts={recognisedParts(report.parts)} />
        </div>
        <div>
          <h2 className="section-title">Where the facts come from</h2>
          <FactOrigins facts={report.facts} />
        </div>
      </div>
      {missing.length === 0 && report.command === undefined ? (
        <p className="dim">Nothing that decides is missing.</p>
      ) : (
        <Missing problems={missing} command={report.command} />
      )}
    </section>
  );
}

/** A fact that the report does not tell, and that its sender can supply. */
export function isMissing({ code }: ProblemView): boolean {
  return code === 'missing';
}

const TREES: Readonly<Record<SourceView['kind'], string | undefined>> = {
  archive: 'an archive with a sysfs tree',
  directory: 'a folder with a sysfs tree',
  library: 'a snapshot of the library',
  live: undefined,
  ssh: undefined,
  report: undefined,
};

const SHOWN = 10;

function Parts({ parts }: { parts: readonly RecognisedPart[] }) {
  const rest = parts.length - SHOWN;
  return (
    <ul className="recognised__parts">
      {parts.slice(0, SHOWN).map((part) => (
        <li key={`${part.kind} ${part.file ?? ''}`}>
          <strong>{REPORT_KINDS[part.kind]}</strong>
          {part.isLikely ? <span className="tag">likely</span> : null}
          <span className="dim">{placeOf(part)}</span>
        </li>
      ))}
      {rest > 0 ? <li className="dim">and {counted(rest, 'more part')}</li> : null}
    </ul>
  );
}

function placeOf({ file, firstLine, lastLine, pieces }: RecognisedPart): string {
  const lines = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
  const inPieces = pieces === 1 ? lines : `${lines}, in ${pieces} pieces`;
  return file === undefined ? inPieces : `${file}, ${inPieces}`;
}

function FactOrigins({ facts }: { facts: ReportView['facts'] }) {
  return (
    <dl className="fact-origins">
      {facts.map(({ fact, origins, missing }) => (
        <div key={fact}>
          <dt>{FACTS[fact]}</dt>
          <dd>
            {origins.map(({ origin, count }) => (
              <span key={origin}>
                {ORIGINS[origin]} <span className="dim">{count.toLocaleString('en-US')}</span>
              </span>
            ))}
            {missing === 0 ? null : (
              <span className="fact-origins__missing">
                missing <span>{missing.toLocaleString('en-US')}</span>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface MissingProps {
  readonly problems: readonly ProblemView[];
  readonly command: string | undefined;
}

function Missing({ problems, command }: MissingProps) {
  return (
    <div className="recognised__missing">
      <h2 className="section-title">What is missing</h2>
      <ul className="plain-list">
        {problems.map(({ text }) => (
          <li key={text}>{text}.</li>
        ))}
      </ul>
      {command === undefined ? null : (
        <>
          <p>Ask the sender for the output of this one command:</p>
          <CommandLine command={command} />
        </>
      )}
    </div>
  );
}
