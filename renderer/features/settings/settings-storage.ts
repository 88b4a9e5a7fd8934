import { DEFAULT_SETTINGS } from './settings-slice.ts';
import type { Settings } from './settings-slice.ts';

const KEY = 'airlock.settings';

const CHOICES: { readonly [K in keyof Settings]: readonly Settings[K][] } = {
  theme: ['auto', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  addresses: ['short', 'long'],
  inspector: ['shown', 'hidden'],
  topology: ['picture', 'tree'],
  watching: ['on', 'off'],
};

/** Settings of the last time; what is missing or unknown takes its default. */
export function readSettings(storage: Storage): Settings {
  const kept = parse(storage.getItem(KEY));
  const pick = <K extends keyof Settings>(key: K): Settings[K] =>
    CHOICES[key].find((choice) => choice === kept[key]) ?? DEFAULT_SETTINGS[key];
  return {
    theme: pick('theme'),
    density: pick('density'),
    addresses: pick('addresses'),
    inspector: pick('inspector'),
    topology: pick('topology'),
    watching: pick('watching'),
  };
}

/** Keeps the settings; a full or forbidden storage only costs the keeping. */
export function writeSettings(storage: Storage, settings: Settings): void {
  try {
    storage.setItem(KEY, JSON.stringify(settings));
  } catch (cause) {
    console.warn('Cannot keep the settings', cause);
  }
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (cause) {
    console.warn('The kept settings are not JSON; using the defaults', cause);
    return {};
  }
}
