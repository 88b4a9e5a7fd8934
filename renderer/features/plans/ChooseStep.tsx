import type { FunctionView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { DeviceOffer } from '../../components/DeviceOffer.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { selectPassableKinds } from '../overview/overview-selectors.ts';
import { selectOffered } from './offered-selectors.ts';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';

/** The devices people pass, with what a move of each would mean. */
export function ChooseStep({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const kinds = useAppSelector((state) => selectPassableKinds(state, hostId));
  const others = useAppSelector((state) => selectOffered(state, hostId));
  const { addresses } = useAppSelector((state) => selectDraft(state, hostId));
  if (kinds.length === 0 && others.length === 0) {
    return (
      <EmptyState
        title="Nothing to choose"
        text="This reading shows no graphics, storage, network or USB controller. Choose a function in Groups and begin a plan from its explanation."
      />
    );
  }
  const toggle = ({ bdf }: FunctionView) => {
    const rest = addresses.filter((address) => address !== bdf);
    const next = rest.length < addresses.length ? rest : [...addresses, bdf];
    // What was typed against a stop was typed for another wish.
    dispatch(wishChanged({ hostId, change: { addresses: next, overrides: [] } }));
  };
  return (
    <DeviceOffer
      hostId={hostId}
      kinds={kinds}
      others={others}
      chosen={addresses}
      onToggle={toggle}
    />
  );
}
