import type { VmReport } from '../../../shared/vm-report.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { counted } from '../../components/counted.ts';
import { VM_TARGETS } from './vm-targets.ts';

/** What there is to do and to know beside the text. */
export function VmAdvice({ report }: { report: VmReport }) {
  const { steps, notes, unsupported, target } = report;
  return (
    <>
      {steps.length === 0 ? null : (
        <section>
          <h2 className="vm-subtitle">
            First, on the host <span className="dim">{counted(steps.length, 'step')}</span>
          </h2>
          <ol className="vm-steps">
            {steps.map(({ text, command }) => (
              <li key={text}>
                <p>{text}</p>
                {command === undefined ? null : <CommandLine command={command} />}
              </li>
            ))}
          </ol>
        </section>
      )}
      <NoteList title={`What ${VM_TARGETS[target].word} cannot say`} notes={unsupported} />
      <NoteList title="Notes" notes={notes} />
    </>
  );
}

function NoteList({ title, notes }: { title: string; notes: VmReport['notes'] }) {
  if (notes.length === 0) return null;
  return (
    <section>
      <h2 className="vm-subtitle">
        {title} <span className="dim">{notes.length}</span>
      </h2>
      <ul className="plan-notes">
        {notes.map(({ path, text }) => (
          <li key={`${path} ${text}`}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
