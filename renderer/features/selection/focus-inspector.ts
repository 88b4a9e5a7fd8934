/** Where the focus goes when somebody asks for the explanation. */
export const INSPECTOR_HEADING_ID = 'inspector-heading';

/** About a second: the inspector follows the selection a moment later. */
const PATIENCE_FRAMES = 60;

/** Moves the focus to the inspector's heading once the inspector is on the page. */
export function focusInspector(framesLeft = PATIENCE_FRAMES): void {
  requestAnimationFrame(() => {
    const heading = document.getElementById(INSPECTOR_HEADING_ID);
    if (heading !== null) heading.focus();
    else if (framesLeft > 0) focusInspector(framesLeft - 1);
  });
}
