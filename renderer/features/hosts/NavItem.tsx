import type { ComponentType, ReactNode } from 'react';

interface NavItemProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly label: string;
  /** Small second line. */
  readonly note?: string;
  readonly isCurrent: boolean;
  readonly isBusy?: boolean;
  readonly onClick: () => void;
  /** A control at the end of the item. */
  readonly children?: ReactNode;
}

export function NavItem(props: NavItemProps) {
  const { icon: Icon, label, note, isCurrent, isBusy = false, onClick, children } = props;
  return (
    <li className="nav-item" data-current={isCurrent} data-busy={isBusy}>
      <button
        type="button"
        className="nav-item__button"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onClick}
      >
        <Icon size={17} stroke={1.6} />
        <span className="nav-item__words">
          <span className="nav-item__label" title={label}>
            {label}
          </span>
          {note === undefined ? null : (
            <span className="nav-item__note" title={note}>
              {note}
            </span>
          )}
        </span>
      </button>
      {children}
    </li>
  );
}
