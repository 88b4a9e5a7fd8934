import { openSource } from '../../main/host/open-source.ts';
import { readHost, type ReadOptions } from '../../main/host/read-host.ts';
import type { Host } from '../../shared/host.ts';
import { buildTree, type TreeOptions } from './build-tree.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** Reads a directory or an archive in full; throws where that fails. */
export async function readWhole(path: string, options: Partial<ReadOptions> = {}): Promise<Host> {
  const source = await openSource(path, { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  const host = readHost(source.value, { depth: 'full', ...options });
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

/** Plants a made-up host in a temporary directory and reads it in full. */
export async function readTree(tree: TreeOptions, options?: Partial<ReadOptions>): Promise<Host> {
  const root = temporaryDirectory();
  buildTree(root, tree);
  return readWhole(root, options);
}
