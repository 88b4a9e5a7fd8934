import type { Page } from '@playwright/test';

export type ShellKind = 'serve' | 'stand-in' | 'electron';

/** The application, started and with its window open. */
export interface Shell {
  readonly kind: ShellKind;
  readonly page: Page;
  /** Environment of the process: its home is one of its own. */
  readonly env: NodeJS.ProcessEnv;
  /** Answers the next file dialog; without a path the person cancels. Serve mode has no dialog. */
  answerFileDialog(path?: string): Promise<void>;
  close(): Promise<void>;
}
