import type { CompareReport } from '../../../shared/compare-report.ts';
import { COMPARED_FACT_WORDS } from '../../../shared/compared-fact-words.ts';
import { ChangeTable } from './ChangeTable.tsx';

/** What differs of the hosts themselves. */
export function FactChanges({ report }: { report: CompareReport }) {
  const { facts, commandLine } = report;
  const { removed, added } = commandLine;
  const words = {
    key: 'command-line',
    what: 'Command line',
    before: <Words words={removed} none="nothing that the other lacks" />,
    after: <Words words={added} none="nothing that the other lacks" />,
  };
  const rows = [
    ...facts.map(({ name, before, after }) => ({
      key: name,
      what: COMPARED_FACT_WORDS[name],
      before: before ?? 'none',
      after: after ?? 'none',
    })),
    ...(removed.length + added.length === 0 ? [] : [words]),
  ];
  return <ChangeTable title="Host" subject="Fact" rows={rows} />;
}

function Words({ words, none }: { words: readonly string[]; none: string }) {
  if (words.length === 0) return <span className="dim">{none}</span>;
  return <code>{words.join(' ')}</code>;
}
