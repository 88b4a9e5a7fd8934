// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { PanelHead } from '../../../../renderer/features/inspector/PanelHead.tsx';

function panel(title: string) {
  return <PanelHead key={title} title={title} />;
}

afterEach(cleanup);

describe('the focus stays on the inspector when its panel is replaced', () => {
  it('moves to the heading of the new panel', () => {
    const { rerender } = render(panel('first'));
    screen.getByRole('heading', { name: 'first' }).focus();
    rerender(panel('second'));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'second' }));
  });

  it('is not taken from elsewhere', () => {
    const { rerender } = render(panel('first'));
    rerender(panel('second'));
    expect(document.activeElement).toBe(document.body);
  });
});
