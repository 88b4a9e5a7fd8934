import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Logo } from '../../components/Logo.tsx';

/** Stands in for the navigation where the window is narrow. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  return (
    <header className="top-bar">
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label="Show hosts and pages"
        onClick={onMenu}
      >
        <IconMenu2 size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
      <Logo size={20} />
      <span className="top-bar__name">Airlock</span>
    </header>
  );
}
