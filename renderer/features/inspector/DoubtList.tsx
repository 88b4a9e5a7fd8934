import type { DoubtView } from '../../../shared/view.ts';
import { CommandLine } from '../../components/CommandLine.tsx';

/** Inputs that were inferred or missing, each with the command that supplies it. */
export function DoubtList({ doubts }: { doubts: readonly DoubtView[] }) {
  if (doubts.length === 0) return null;
  return (
    <ul className="doubts">
      {doubts.map((doubt, index) => (
        <li key={index} className="doubt">
          <p>{doubt.text}</p>
          {doubt.command === undefined ? null : <CommandLine command={doubt.command} />}
        </li>
      ))}
    </ul>
  );
}
