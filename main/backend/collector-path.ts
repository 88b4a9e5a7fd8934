import { join } from 'node:path';

/** Path of the shipped collector. */
export function collectorPath(assetsDir: string): string {
  return join(assetsDir, 'collect', 'airlock-collect');
}
