import type { RedactionPreview } from '../../../shared/redaction-preview.ts';
import { REPLACED_KINDS } from '../../../shared/replaced-kinds.ts';
import { counted } from '../../components/counted.ts';
import { keptWords } from './redaction-words.ts';

/** What a copy replaces: kind by kind, with examples and what stands in their place. */
export function RedactionTable({ preview }: { preview: RedactionPreview }) {
  const { hasChanged, replaced, clearedSerials, leftOut } = preview;
  if (!hasChanged) {
    return <p role="status">There is nothing to replace: the file can go out as it is.</p>;
  }
  return (
    <>
      {replaced.length === 0 ? null : (
        <table className="redaction__table">
          <thead>
            <tr>
              <th scope="col">Replaced</th>
              <th scope="col">Places</th>
              <th scope="col">In the file, and in the copy</th>
            </tr>
          </thead>
          <tbody>
            {replaced.map((one) => (
              <Replaced key={one.kind} one={one} />
            ))}
          </tbody>
        </table>
      )}
      {clearedSerials === 0 ? null : (
        <p>{counted(clearedSerials, 'Device Serial Number')} in configuration space set to zero.</p>
      )}
      <LeftOut leftOut={leftOut} />
      <p className="dim">{keptWords(preview)}</p>
    </>
  );
}

function Replaced({ one }: { one: RedactionPreview['replaced'][number] }) {
  const { kind, things, places, examples } = one;
  const more = things - examples.length;
  return (
    <tr>
      <th scope="row">{counted(things, ...REPLACED_KINDS[kind])}</th>
      <td>{places.toLocaleString('en-US')}</td>
      <td>
        <ul className="plain-list">
          {examples.map(({ token, spelling }) => (
            <li key={token}>
              {spelling === undefined ? (
                <span className="dim">not shown</span>
              ) : (
                <span className="mono">{spelling}</span>
              )}
              {' → '}
              <strong className="mono">{token}</strong>
            </li>
          ))}
          {more > 0 ? <li className="dim">and {more.toLocaleString('en-US')} more</li> : null}
        </ul>
      </td>
    </tr>
  );
}

const SHOWN = 8;

function LeftOut({ leftOut: { count, files } }: Pick<RedactionPreview, 'leftOut'>) {
  if (count === 0) return null;
  const more = count - Math.min(SHOWN, files.length);
  return (
    <div>
      <p>Left out, because they cannot be redacted: {counted(count, 'file')}.</p>
      <ul className="plain-list">
        {files.slice(0, SHOWN).map(({ path, reason }) => (
          <li key={path}>
            <span className="mono">{path}</span> <span className="dim">{reason}</span>
          </li>
        ))}
        {more > 0 ? <li className="dim">and {more.toLocaleString('en-US')} more</li> : null}
      </ul>
    </div>
  );
}
