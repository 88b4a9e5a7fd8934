/** Ends a sentence that people read; the engine's texts have no stop, since some go into others. */
export function fullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
