import { join } from 'node:path';
import type { Host } from '../../../shared/host.ts';
import { readWitness, textOf } from '../judge.ts';
import { bootDisk, type DiskBoot, type DiskJob } from './boot-disk.ts';
import { makeBootableRoot, type BootableRoot, type GuestStack } from './bootable-root.ts';
import { copyDisk, makeDisk, makeEmptyDisk, putIntoDisk, takeFromDisk } from './disk.ts';
import { DEVICES, TWINS } from './guest-devices.ts';
import { planGuest } from './plan-guest.ts';

/** A guest on which a boot change was applied, and that was not booted since. */
export interface GuestHost {
  readonly stack: GuestStack;
  readonly root: BootableRoot;
  /** The boot before the change, read by our collector. */
  readonly before: DiskBoot;
  /** The boot in which the helper applied the plan. */
  readonly applied: DiskBoot;
  /** Paths in the image that the builder made then. */
  readonly image: readonly string[];
  /** A disk of its own as it was after the change. */
  copy(name: string): Promise<string>;
  boot(disk: string, wish: Pick<DiskJob, 'job'> & Partial<DiskJob>): Promise<DiskBoot>;
  /** Paths in the image that a disk has now. */
  listImage(disk: string): Promise<readonly string[]>;
  close(): void;
}

/** Boots a fresh guest, plans, and has the helper apply the plan inside. */
export async function prepareGuest(stack: GuestStack): Promise<GuestHost> {
  const root = await makeBootableRoot(stack);
  try {
    return await applyInside(stack, root);
  } catch (error) {
    root.close();
    throw error;
  }
}

async function applyInside(stack: GuestStack, root: BootableRoot): Promise<GuestHost> {
  const disk = join(root.folder, 'applied.img');
  const data = join(root.folder, 'data.img');
  await makeDisk(disk, root.root);
  await makeEmptyDisk(data, 'data');
  const boot: GuestHost['boot'] = (on, wish) =>
    bootDisk(root, { disk: on, data, devices: DEVICES, ...wish });
  const listImage = (on: string) => listImageOf(root, on);
  const before = await boot(disk, { job: 'read' });
  const stepsText = planGuest(
    root.root,
    await hostOf(before),
    TWINS.map(({ card }) => card),
  );
  await putIntoDisk(disk, '/lab/steps.txt', stepsText);
  const applied = await boot(disk, { job: 'apply' });
  if (!textOf(applied, 'applied').includes('result applied')) {
    throw new Error(`The plan was not applied:\n${textOf(applied, 'applied')}\n${endOf(applied)}`);
  }
  const image = await listImage(disk);
  const copy = (name: string) => copyDisk(disk, join(root.folder, `${name}.img`));
  const close = () => root.close();
  return { stack, root, before, applied, image, copy, boot, listImage, close };
}

async function hostOf(boot: DiskBoot): Promise<Host> {
  const witness = await readWitness(boot);
  if (typeof witness === 'string') throw new Error(witness);
  return witness.host;
}

/** By the stack's own lister. */
async function listImageOf(root: BootableRoot, disk: string): Promise<readonly string[]> {
  await takeFromDisk(disk, `/${root.initrd}`, join(root.root, 'tmp/listed.img'));
  const text = await root.run(
    'if command -v lsinitramfs >/dev/null; then lsinitramfs /tmp/listed.img; ' +
      "else lsinitrd /tmp/listed.img | awk '{ print $9 }'; fi",
  );
  return text.split('\n').filter(Boolean);
}

function endOf({ console }: DiskBoot): string {
  return console.split('\n').slice(-25).join('\n');
}
