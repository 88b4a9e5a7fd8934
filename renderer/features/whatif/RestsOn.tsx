import type { WhatifReport } from '../../../shared/whatif-report.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { counted } from '../../components/counted.ts';

/** What stays, and what the answer takes for granted. */
export function RestsOn({ report }: { report: WhatifReport }) {
  const { groupChanges, unchangedGroups, suppositions } = report;
  const doubts = new Map(
    groupChanges
      .flatMap(({ after }) => after.flatMap(({ because }) => because))
      .filter(({ code }) => code !== 'supposed')
      .map((doubt) => [doubt.text, doubt] as const),
  );
  return (
    <section className="whatif-rests">
      {groupChanges.length === 0 ? null : (
        <p>{counted(unchangedGroups, 'other group')} would stay as before.</p>
      )}
      <h3 className="whatif-side__title">What this rests on</h3>
      <ul>
        {suppositions.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {[...doubts.values()].map(({ text, command }) => (
          <li key={text}>
            {text}
            {command === undefined ? null : <CommandLine command={command} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
