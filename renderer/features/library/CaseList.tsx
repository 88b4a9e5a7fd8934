import type { LibraryList } from '../../../shared/library-report.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { showEntry } from './library-thunks.ts';
import { queryTyped } from './library-slice.ts';
import { quotedWord } from './search-words.ts';

/** Cases, newest first; choosing one shows it and lists its snapshots. */
export function CaseList({ cases }: { cases: NonNullable<LibraryList['cases']> }) {
  const dispatch = useAppDispatch();
  const shown = useAppSelector((state) => state.library.shown?.name);
  if (cases.length === 0) return null;
  return (
    <nav className="library__cases" aria-label="Cases">
      <span className="dim">Cases</span>
      {cases.slice(0, SHOWN).map(({ name, snapshotCount }) => (
        <button
          key={name}
          type="button"
          className="chip chip--button"
          aria-pressed={shown === `case:${name}`}
          onClick={() => {
            dispatch(queryTyped(quotedWord('case', name)));
            void dispatch(showEntry(`case:${name}`));
          }}
        >
          {name}
          <span className="dim">{snapshotCount.toLocaleString('en-US')}</span>
        </button>
      ))}
      {cases.length > SHOWN ? (
        <span className="dim">
          and {(cases.length - SHOWN).toLocaleString('en-US')} more: search for case:NAME
        </span>
      ) : null}
    </nav>
  );
}

const SHOWN = 24;
