import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectIsInspectorRevealed, selectSelection } from '../selection/selection-selectors.ts';
import { inspectorHidden } from '../selection/selection-slice.ts';
import { selectSettings } from '../settings/settings-selectors.ts';
import { Inspector } from './Inspector.tsx';

/** The inspector beside the page where there is room, sliding over it elsewhere. */
export function InspectorDock({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const isWide = useMediaQuery('(min-width: 1180px)', undefined, {
    getInitialValueInEffect: false,
  });
  const isDocked = useAppSelector(selectSettings).inspector === 'shown' && isWide;
  const isRevealed = useAppSelector(selectIsInspectorRevealed);
  const selection = useAppSelector((state) => selectSelection(state, hostId));
  if (isDocked) {
    return (
      <aside className="inspector-dock" aria-label="Inspector">
        <Inspector hostId={hostId} />
      </aside>
    );
  }
  const hide = () => dispatch(inspectorHidden());
  return (
    <Drawer.Root
      opened={isRevealed && selection !== undefined}
      onClose={hide}
      position="right"
      size={420}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content aria-label="Inspector">
        <Drawer.Body className="drawer-body--bare">
          <Inspector hostId={hostId} onClose={hide} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
