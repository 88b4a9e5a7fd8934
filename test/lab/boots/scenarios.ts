import { textOf } from '../judge.ts';
import type { DiskBoot } from './boot-disk.ts';
import { NATIVE_DRIVERS, type GuestStack } from './bootable-root.ts';
import { putIntoDisk } from './disk.ts';
import { MOVED_DEVICES, MOVED_TO, TWINS } from './guest-devices.ts';
import type { GuestHost } from './guest-host.ts';
import {
  complain,
  expectBound,
  expectDriver,
  expectEnd,
  expectFiles,
  expectNative,
  expectText,
} from './judge-state.ts';

/** What came of one scenario. */
export interface ScenarioOutcome {
  readonly complaints: readonly string[];
  readonly boots: readonly DiskBoot[];
}

/** One way that a host may go on after a boot change. */
export interface Scenario {
  readonly name: string;
  /** One sentence for the table. */
  readonly shows: string;
  /** Stacks on which it is part of `npm test`. */
  readonly smoke: readonly GuestStack[];
  run(guest: GuestHost): Promise<ScenarioOutcome>;
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'before',
    shows: 'Without the change each card is on its native driver, and the image has those drivers',
    smoke: ['initramfs-tools'],
    run: (guest) =>
      Promise.resolve({
        complaints: [
          ...expectNative(guest.before),
          ...NATIVE_DRIVERS.flatMap((driver) => expectModule(guest.image, driver)),
          ...expectModule(guest.image, 'vfio-pci'),
        ],
        boots: [guest.before, guest.applied],
      }),
  },
  {
    name: 'confirmed',
    shows:
      'Bound before any native driver; confirmed in time it stays, and so it does after one more boot',
    smoke: [],
    run: confirmed,
  },
  {
    name: 'reverted',
    shows: 'Nobody confirms: the unit restores all files, builds the image, reboots once',
    smoke: ['initramfs-tools'],
    run: (guest) => reverted(guest, 'reverted'),
  },
  {
    name: 'moved',
    shows: 'Cards moved to other slots: nothing is bound, and the kernel’s log says so',
    smoke: [],
    run: moved,
  },
  {
    name: 'cut-in-files',
    shows:
      'Power cut when the files were restored and before the image is built: the next boot finishes, reboots once',
    smoke: [],
    run: (guest) =>
      reverted(guest, 'cut-in-files', {
        at: /step \d+ of \d+ undone list/,
        journal: /state undoing\n(undone \d+\n)+state undoing\n(undone \d+\n)+state undone/,
      }),
  },
  {
    name: 'cut-in-build',
    shows: 'Power cut while the image is built: the next boot finishes and reboots once',
    smoke: [],
    run: (guest) =>
      reverted(guest, 'cut-in-build', {
        // The timer is the first step of the plan: after it only the image and the unit are left.
        at: /step \d+ of \d+ undone timer/,
        journal: /\nundone 1\nstate undoing\n(undone \d+\n){3}state undone/,
      }),
  },
  {
    name: 'cut-after-build',
    shows: 'Power cut between the new image and the reboot: the next boot finishes without another',
    smoke: [],
    run: cutAfterBuild,
  },
  {
    name: 'lost-file-system',
    shows:
      'The change takes away a disk of fstab, and the boot ends in emergency mode: undone all the same',
    smoke: [],
    run: lostFileSystem,
  },
];

async function confirmed(guest: GuestHost): Promise<ScenarioOutcome> {
  const disk = await guest.copy('confirmed');
  const first = await guest.boot(disk, { job: 'confirm' });
  const next = await guest.boot(disk, { job: 'look' });
  const complaints = [
    ...expectBound(first),
    ...expectText(first, 'confirmed', 'result confirmed'),
    ...expectText(first, 'unit-after', 'ActiveState=inactive'),
    ...expectEnd(first, 'reboot'),
    ...expectBound(next),
    ...expectText(next, 'status', ' confirmed\n'),
    ...expectText(next, 'unit', 'ActiveState=inactive'),
    ...expectEnd(next, 'off'),
  ];
  return { complaints, boots: [first, next] };
}

interface Cutting {
  /** The line of the console at which the power is cut. */
  readonly at: RegExp;
  /** What the receipt's journal then says at the end: that it was cut there. */
  readonly journal: RegExp;
}

/** With a power cut there is one boot more. */
async function reverted(
  guest: GuestHost,
  name: string,
  cutting?: Cutting,
): Promise<ScenarioOutcome> {
  const disk = await guest.copy(name);
  const cut = cutting ? [await guest.boot(disk, { job: 'watch', cutAt: cutting.at })] : [];
  const watched = await guest.boot(disk, { job: 'watch' });
  const after = await guest.boot(disk, { job: 'look' });
  const complaints = [
    ...expectBound(cut[0] ?? watched),
    ...cut.flatMap((boot) => expectEnd(boot, 'cut')),
    ...expectEnd(watched, 'reboot'),
    ...complain(
      cutting?.journal.test(textOf(after, 'journal')) === false,
      `The power was cut elsewhere:\n${textOf(after, 'journal')}`,
    ),
    ...(await expectReverted(guest, disk, after)),
  ];
  return { complaints, boots: [...cut, watched, after] };
}

async function cutAfterBuild(guest: GuestHost): Promise<ScenarioOutcome> {
  const disk = await guest.copy('cut-after-build');
  const cut = await guest.boot(disk, { job: 'watch', cutAt: /step \d+ of \d+ undone rebuild/ });
  const after = await guest.boot(disk, { job: 'look' });
  const complaints = [
    ...expectBound(cut),
    ...expectEnd(cut, 'cut'),
    ...(await expectReverted(guest, disk, after)),
  ];
  return { complaints, boots: [cut, after] };
}

async function expectReverted(
  guest: GuestHost,
  disk: string,
  after: DiskBoot,
): Promise<readonly string[]> {
  const image = await guest.listImage(disk);
  return [
    ...expectNative(after),
    ...expectFiles(textOf(guest.applied, 'files-before'), after),
    ...expectText(after, 'status', ' undone'),
    // Nothing is left that could reboot.
    ...expectText(after, 'unit', 'LoadState=not-found'),
    ...expectEnd(after, 'off'),
    ...image
      .filter((path) => /airlock|vfio/.test(path))
      .map((path) => `Still in the image: ${path}`),
  ];
}

async function moved(guest: GuestHost): Promise<ScenarioOutcome> {
  const disk = await guest.copy('moved');
  const boot = await guest.boot(disk, { job: 'confirm', devices: MOVED_DEVICES });
  const complaints = [
    ...Object.entries(MOVED_TO).flatMap(([native, bdf]) => expectDriver(boot, bdf, native)),
    ...TWINS.flatMap(({ native, twin }) => expectDriver(boot, twin, native)),
    ...TWINS.flatMap(({ card }) =>
      expectText(boot, 'dmesg', `airlock-bind: ${card} is not the card`),
    ),
    ...complain(textOf(boot, 'drivers').includes('vfio-pci'), 'Something is on vfio-pci'),
    ...expectEnd(boot, 'reboot'),
  ];
  return { complaints, boots: [boot] };
}

const FSTAB =
  '/dev/vda / ext4 defaults 0 1\nLABEL=data /mnt ext4 defaults,x-systemd.device-timeout=60 0 2\n';

async function lostFileSystem(guest: GuestHost): Promise<ScenarioOutcome> {
  const disk = await guest.copy('lost-file-system');
  await putIntoDisk(disk, '/etc/fstab', FSTAB);
  const lost = await guest.boot(disk, { job: 'watch' });
  const after = await guest.boot(disk, { job: 'look' });
  const isFstab = (line: string) => / \/etc\/fstab /.test(line);
  const complaints = [
    ...complain(lost.answers.size > 0, 'The boot without its disk came to its end all the same'),
    ...expectEnd(lost, 'reboot'),
    ...(await expectReverted(guest, disk, after)).filter((line) => !isFstab(line)),
  ];
  return { complaints, boots: [lost, after] };
}

function expectModule(image: readonly string[], driver: string): readonly string[] {
  const isThere = image.some((path) => path.includes(`/${driver}.ko`));
  return complain(!isThere, `No module ${driver} in the image`);
}
