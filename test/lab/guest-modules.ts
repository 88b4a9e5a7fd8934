import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unxz } from '../support/extract-vmlinux.ts';
import type { GuestFile } from './cpio.ts';

/**
 * The modules for a guest with all that they need, and beside each asked one the order in which
 * to load them (`modules/NAME.order`). A name without a module is left out: it is built in, or
 * this kernel does not have it, and the guest shows what came of it.
 */
export function modulesFor(folder: string, names: readonly string[]): readonly GuestFile[] {
  const files = new Map<string, GuestFile>();
  for (const name of names) {
    const order = loadOrder(folder, name);
    for (const module of order) {
      const path = `modules/${module}.ko`;
      files.set(path, { path, content: readModule(folder, module) });
    }
    const lines = order.map((module) => `${module}.ko\n`).join('');
    files.set(`${name}.order`, { path: `modules/${name}.order`, content: Buffer.from(lines) });
  }
  return [...files.values()];
}

/** Needed modules come first. */
function loadOrder(folder: string, name: string, seen = new Set<string>()): readonly string[] {
  const module = spelled(folder, name);
  if (module === undefined || seen.has(module)) return [];
  seen.add(module);
  const needed = dependencies(readModule(folder, module));
  const lacking = needed.find((other) => spelled(folder, other) === undefined);
  if (lacking !== undefined) throw new Error(`${name} needs ${lacking}, which was not unpacked`);
  return [...needed.flatMap((other) => loadOrder(folder, other, seen)), module];
}

/** Module names take `-` and `_` for the same; file names do not. */
function spelled(folder: string, name: string): string | undefined {
  const wanted = name.replaceAll('-', '_');
  return [...pathsOf(folder).keys()].find((known) => known.replaceAll('-', '_') === wanted);
}

/** The line `depends=` of the section `.modinfo`. */
function dependencies(module: Buffer): readonly string[] {
  const at = module.indexOf('\0depends=');
  if (at < 0) return [];
  const text = module.toString('latin1', at + 9, module.indexOf(0, at + 9));
  return text.split(',').filter(Boolean);
}

const contents = new Map<string, Buffer>();

function readModule(folder: string, name: string): Buffer {
  const path = pathsOf(folder).get(name);
  if (path === undefined) throw new Error(`No module ${name} below ${folder}`);
  const known = contents.get(path);
  if (known) return known;
  const bytes = readFileSync(path);
  const module = path.endsWith('.xz') ? unxz(bytes) : bytes;
  contents.set(path, module);
  return module;
}

const listings = new Map<string, ReadonlyMap<string, string>>();

function pathsOf(folder: string): ReadonlyMap<string, string> {
  const known = listings.get(folder);
  if (known) return known;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const modules = names.filter((name) => /\.ko(\.xz)?$/.test(name));
  const listing = new Map(
    modules.map((name) => [basename(name).replace(/\.ko(\.xz)?$/, ''), join(folder, name)]),
  );
  listings.set(folder, listing);
  return listing;
}
