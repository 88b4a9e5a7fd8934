import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { INSPECTOR_HEADING_ID } from '../selection/focus-inspector.ts';
import { useKeptFocus } from './use-kept-focus.ts';

interface PanelHeadProps {
  readonly title: string;
  /** Lines below the title. */
  readonly children?: ReactNode;
  readonly onClose?: () => void;
}

export function PanelHead({ title, children, onClose }: PanelHeadProps) {
  const heading = useKeptFocus();
  return (
    <div className="panel-head">
      <div className="panel-head__row">
        <h2
          ref={heading}
          className="inspector__title"
          id={INSPECTOR_HEADING_ID}
          tabIndex={-1}
          data-autofocus
        >
          {title}
        </h2>
        {onClose === undefined ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Hide the inspector"
            onClick={onClose}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {children}
    </div>
  );
}
