import { useAppDispatch } from '../app/hooks.ts';
import { Address } from './Address.tsx';
import { functionSelected, inspectorRevealed } from '../features/selection/selection-slice.ts';

const SHOWN = 12;

/** Addresses that open in the inspector; long lists end with their count. */
export function MemberLinks({ hostId, members }: { hostId: string; members: readonly string[] }) {
  const dispatch = useAppDispatch();
  if (members.length === 0) return null;
  return (
    <p className="member-links">
      {members.slice(0, SHOWN).map((member) => (
        <button
          key={member}
          type="button"
          className="link-button"
          onClick={() => {
            dispatch(functionSelected(hostId, member));
            dispatch(inspectorRevealed());
          }}
        >
          <Address value={member} />
        </button>
      ))}
      {members.length > SHOWN ? (
        <span className="dim">and {(members.length - SHOWN).toLocaleString('en-US')} more</span>
      ) : null}
    </p>
  );
}
