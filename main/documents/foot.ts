/** What made a document, and when: Unix epoch. */
export interface MadeBy {
  readonly version: string;
  readonly atMs: number;
}

export function footOf({ version }: MadeBy, time: string): string {
  return `Made by Airlock ${version} on ${time}. It shows what the source says; nothing was changed on the host.`;
}

/** `2026-11-22 10:11 UTC`. */
export function isoTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
