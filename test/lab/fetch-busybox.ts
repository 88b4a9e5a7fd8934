import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DebianArchive, labCache, unpackPackage } from '../support/debian-packages.ts';

const fetched = new Map<string, Promise<Buffer>>();

/** BusyBox without shared libraries, the whole user space of a guest; from the stable release. */
export function fetchBusybox(architecture: string): Promise<Buffer> {
  const known = fetched.get(architecture) ?? load(architecture);
  fetched.set(architecture, known);
  return known;
}

async function load(architecture: string): Promise<Buffer> {
  const program = join(labCache(), 'busybox', architecture, 'busybox');
  if (!existsSync(program)) {
    const archive = await DebianArchive.open(architecture, ['bookworm']);
    const [file = ''] = await archive.download(['busybox-static/bookworm']);
    const aside = `${dirname(program)}.${process.pid}`;
    await unpackPackage(file, aside, ['./bin/busybox', './usr/bin/busybox']);
    mkdirSync(dirname(program), { recursive: true });
    const found = ['bin', 'usr/bin'].map((bin) => join(aside, bin, 'busybox')).find(existsSync);
    if (found === undefined) throw new Error(`No busybox in ${file}`);
    renameSync(found, program);
    rmSync(aside, { recursive: true });
  }
  return readFileSync(program);
}
