import type { EventName } from '../../shared/channels.ts';

/** What a shell gives the backend. */
export interface Platform {
  readonly shell: 'electron' | 'serve';
  /** Folder of the shipped files: samples/, collect/, pci-ids/. */
  readonly assetsDir: string;
  readonly version: string;
  /** Folder for what is kept between starts; without one nothing is kept. */
  readonly dataDir?: string;
  /** Shows the system's dialog; left out where there is none. */
  readonly openFileDialog?: () => Promise<string | undefined>;
  /** Asks for a folder to write into, under a title; left out where there is no dialog. */
  readonly openFolderDialog?: (title: string) => Promise<string | undefined>;
  /** Tells every window. */
  emit(name: EventName, payload: unknown): void;
}
