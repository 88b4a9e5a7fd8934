import type { CheckView } from '../../shared/view.ts';
import { DriverLine } from './DriverLine.tsx';

/** What moves, each with its driver; what nobody asked for comes along. */
export function MovingLines({ hostId, moves }: { hostId: string; moves: CheckView['moves'] }) {
  return (
    <ul className="driver-lines">
      {moves.map(({ bdf, driver, isAsked }) => (
        <DriverLine
          key={bdf}
          hostId={hostId}
          member={bdf}
          driver={driver}
          note={isAsked ? undefined : 'comes along'}
        />
      ))}
    </ul>
  );
}
