import type { FileChange } from '../../../shared/plan.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DiffText } from '../../components/DiffText.tsx';
import { counted } from '../../components/counted.ts';

/** Every file that changes, as a difference; the helper keeps each original byte for byte. */
export function FileChanges({ changes }: { changes: readonly FileChange[] }) {
  return (
    <section>
      <h3 className="wizard__subtitle">
        Files that change <span className="dim">{counted(changes.length, 'file')}</span>
      </h3>
      <ul className="file-changes">
        {changes.map(({ path, by, diff }) => (
          <li key={path} className="file-change">
            <div className="file-change__head">
              <code className="file-change__path">/{path}</code>
              {by === 'hand' ? <span className="tag tone-risky">by hand</span> : null}
              <CopyButton isIcon label={`Copy the difference of ${path}`} text={diff} />
            </div>
            <DiffText label={`Difference of ${path}`} lines={diff.trimEnd().split('\n')} />
          </li>
        ))}
      </ul>
    </section>
  );
}
