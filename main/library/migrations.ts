import { recentSources } from './migrations/001-recent-sources.ts';
import { snapshots } from './migrations/002-snapshots.ts';
import { acsLessons } from './migrations/003-acs-lessons.ts';

/** Each entry takes the file from its version to the next; never change one that was released. */
export const MIGRATIONS: readonly string[] = [recentSources, snapshots, acsLessons];
