/** The element of a finding within the text. */
export function findingId(number: number): string {
  return `vm-finding-${number}`;
}

/** About a third of a second: another file may have to be drawn first. */
const PATIENCE_FRAMES = 20;

/** Brings a finding within the text into view, and the focus with it. */
export function focusFinding(number: number, framesLeft = PATIENCE_FRAMES): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(findingId(number));
    if (element !== null) {
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'center' });
    } else if (framesLeft > 0) {
      focusFinding(number, framesLeft - 1);
    }
  });
}
