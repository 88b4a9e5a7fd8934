/** Where the focus goes when somebody asks for the explanation. */
export const INSPECTOR_HEADING_ID = 'inspector-heading';

/** Moves the focus to the inspector's heading once the inspector is on the page. */
export function focusInspector(): void {
  requestAnimationFrame(() => document.getElementById(INSPECTOR_HEADING_ID)?.focus());
}
