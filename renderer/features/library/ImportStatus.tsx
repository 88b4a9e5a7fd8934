import { Button, Progress } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { counted } from '../../components/counted.ts';
import { stopImport } from './import-thunks.ts';
import { importDismissed, type ImportRun } from './library-slice.ts';

/** How far an import is, and what came of it. */
export function ImportStatus() {
  const run = useAppSelector((state) => state.library.run);
  if (run === undefined) return null;
  return run.state === 'ended' ? <Ended run={run} /> : <Running run={run} />;
}

function Running({ run }: { run: ImportRun }) {
  const dispatch = useAppDispatch();
  const { done, total, text, state } = run;
  return (
    <div className="reading-progress library__import">
      <div className="reading-progress__words">
        <span className="reading-progress__text" role="status">
          {state === 'stopping' ? 'Stopping' : text === '' ? 'Importing' : text}
        </span>
        <span className="reading-progress__count">
          {done.toLocaleString('en-US')} of {counted(total, 'file')}
        </span>
      </div>
      <Progress size={4} value={(100 * done) / total} aria-label="Importing" />
      <Button
        variant="default"
        disabled={state === 'stopping'}
        onClick={() => void dispatch(stopImport())}
      >
        Stop importing
      </Button>
    </div>
  );
}

function Ended({ run }: { run: ImportRun }) {
  const dispatch = useAppDispatch();
  return (
    <section className="library__import library__result" aria-label="Import">
      <p role="status">{summary(run)}</p>
      {run.failed.length === 0 ? null : (
        <ul className="plain-list">
          {run.failed.slice(0, SHOWN).map((message, index) => (
            <li key={index}>{message}</li>
          ))}
          {run.failed.length > SHOWN ? (
            <li className="dim">and {counted(run.failed.length - SHOWN, 'more file')}</li>
          ) : null}
        </ul>
      )}
      <Button variant="default" onClick={() => dispatch(importDismissed())}>
        Done
      </Button>
    </section>
  );
}

const SHOWN = 8;

function summary({ imported, failed, total, done }: ImportRun): string {
  const known = imported.filter(({ isNew }) => !isNew).length;
  const left = total - done;
  const isOther = known + failed.length + left > 0;
  const fresh = imported.length - known;
  return [
    ...(fresh === 0 && isOther ? [] : [`${counted(fresh, 'snapshot')} imported`]),
    ...(known === 0 ? [] : [`${counted(known, 'snapshot')} there already`]),
    ...(failed.length === 0 ? [] : [`${counted(failed.length, 'file')} not imported`]),
    ...(left === 0 ? [] : [`${counted(left, 'file')} left out, since it was stopped`]),
  ].join(', ');
}
