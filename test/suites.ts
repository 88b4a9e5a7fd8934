/** A program that a suite needs, and the Debian package that brings it. */
export interface Need {
  /** Or the path of a file, from the root on, where the package has no program. */
  readonly command: string;
  readonly package: string;
}

/** How a suite's runner says what it counted; see `test/run-counts.ts`. */
export type Counting =
  'exit-status' | 'closing-line' | 'depcruise' | 'vitest' | 'playwright' | 'node-test';

/** One suite of `npm test`. */
export interface Suite {
  readonly name: string;
  /** What it shows, for `npm test -- --list`. */
  readonly shows: string;
  /** Program below `node_modules/.bin` (or on PATH) and its arguments. */
  readonly command: readonly string[];
  readonly counting: Counting;
  /** What the machine must have beyond Node and the lockfile's packages. */
  readonly needs: readonly Need[];
  /** With `CI=true` a suite of the CI list that did not run is a failure. */
  readonly inCi: boolean;
  /** Part of `npm run check`: no display, no root, no system package. */
  readonly inCheck?: boolean;
  /** Measures time or drives a browser: nothing else runs beside it. */
  readonly alone?: boolean;
  /** After this many minutes it is ended and counts as failed. Twenty unless told. */
  readonly limitMinutes?: number;
}

const CHROMIUM: Need = { command: 'chromium', package: 'chromium' };

/** The shells that hosts have, and the checker of shell scripts. */
const SHELLS: readonly Need[] = [
  { command: 'shellcheck', package: 'shellcheck' },
  { command: 'busybox', package: 'busybox' },
  { command: 'dash', package: 'dash' },
  { command: 'bash', package: 'bash' },
];

/** What unpacks kernels out of Debian's packages. */
const READING_PACKAGES: readonly Need[] = [
  { command: 'apt-get', package: 'apt' },
  { command: 'dpkg-deb', package: 'dpkg' },
  { command: 'tar', package: 'tar' },
  { command: 'xz', package: 'xz-utils' },
];

const CACHE = 'node_modules/.cache/airlock';

/** Every suite, in the order in which `npm test` starts them: the long ones first. The only list. */
export const suites: readonly Suite[] = [
  {
    name: 'lint',
    shows: 'The rules of CONTRIBUTING.md that a program can check',
    // By content, for the second run in one checkout. What a typed rule says of an unchanged file
    // may depend on another one: a clean clone, as in CI, has no cache.
    command: [
      'eslint',
      '.',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${CACHE}/lint`,
    ],
    counting: 'exit-status',
    needs: [],
    inCi: true,
    inCheck: true,
  },
  {
    name: 'unit',
    shows: 'Every module by itself, and planted violations of the checks above',
    command: [
      'vitest',
      'run',
      '--exclude=test/main/collect/**',
      '--exclude=test/main/helper/**',
      '--exclude=test/main/ssh/**',
      '--exclude=test/main/binding/boot-tools/**',
      '--exclude=test/main/reports/lspci-forms/**',
      '--exclude=test/main/library/kills/**',
      '--exclude=test/main/vmconfig/tools/**',
    ],
    counting: 'vitest',
    needs: [],
    inCi: true,
    inCheck: true,
  },
  {
    name: 'types',
    shows: 'Every area compiles with the types and libraries it may use',
    command: ['tsc', '-b'],
    counting: 'exit-status',
    needs: [],
    inCi: true,
    inCheck: true,
  },
  {
    name: 'format',
    shows: 'Prettier would change nothing',
    command: [
      'prettier',
      '--check',
      '--log-level=warn',
      '--cache',
      `--cache-location=${CACHE}/prettier`,
      '.',
    ],
    counting: 'exit-status',
    needs: [],
    inCi: true,
    inCheck: true,
  },
  {
    name: 'imports',
    shows: 'Nobody imports what the table in ARCHITECTURE.md does not allow',
    command: ['depcruise', 'main', 'renderer', 'shared', 'test'],
    counting: 'depcruise',
    needs: [],
    inCi: true,
    inCheck: true,
  },
  {
    name: 'collector',
    shows: 'The collector under dash, BusyBox ash and bash, clean by shellcheck',
    command: ['vitest', 'run', 'test/main/collect/'],
    counting: 'vitest',
    needs: SHELLS,
    inCi: true,
  },
  {
    name: 'lspci',
    shows: 'Every recorded host, printed by the real lspci in each form, read back and predicted',
    command: ['vitest', 'run', 'test/main/reports/lspci-forms/'],
    counting: 'vitest',
    needs: [{ command: 'lspci', package: 'pciutils' }],
    inCi: true,
  },
  {
    name: 'e2e-serve',
    shows: 'The window in Chromium, served by `airlock serve`',
    command: ['playwright', 'test', '--project=serve'],
    counting: 'playwright',
    needs: [CHROMIUM],
    inCi: true,
    alone: true,
  },
  {
    name: 'e2e-stand-in',
    shows: 'The built main and preload on a stand-in for Electron, same window',
    command: ['playwright', 'test', '--project=stand-in'],
    counting: 'playwright',
    needs: [CHROMIUM],
    inCi: true,
    alone: true,
  },
  {
    name: 'e2e-simulated',
    shows: 'A card bound, confirmed and undone in the window, on a simulated host; each refusal',
    command: ['playwright', 'test', '--project=simulated'],
    counting: 'playwright',
    // It mounts its simulated kernel: root and /dev/fuse.
    needs: [CHROMIUM, { command: 'dash', package: 'dash' }],
    inCi: true,
    alone: true,
  },
  {
    name: 'lab',
    shows: 'Real kernels on emulated machines agree with the engine; the short part',
    command: ['node', 'test/lab/run.ts', '--smoke'],
    counting: 'closing-line',
    needs: [
      { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
      { command: 'musl-gcc', package: 'musl-tools' },
      ...READING_PACKAGES,
    ],
    inCi: true,
    alone: true,
  },
  {
    name: 'lab-boot',
    shows: 'A boot change on a guest with systemd: bound first, undone unless confirmed',
    command: ['node', 'test/lab/run.ts', '--boots', '--smoke'],
    counting: 'closing-line',
    // Builds the first image in an unpacked Debian: root.
    needs: [
      { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
      { command: 'mke2fs', package: 'e2fsprogs' },
      { command: 'debugfs', package: 'e2fsprogs' },
      { command: 'busybox', package: 'busybox' },
      { command: 'dash', package: 'dash' },
      { command: 'nix-instantiate', package: 'nix-bin' },
      { command: '/usr/lib/python3/dist-packages/yaml/__init__.py', package: 'python3-yaml' },
      { command: 'unshare', package: 'util-linux' },
      ...READING_PACKAGES,
    ],
    inCi: true,
    alone: true,
    limitMinutes: 40,
  },
  {
    name: 'quirks',
    shows: 'The tables of main/quirks are those in the binaries of Debian kernels',
    command: ['node', 'test/tools/quirks/main.ts', 'check', '6.1', '6.12', '7.3'],
    counting: 'exit-status',
    needs: READING_PACKAGES,
    inCi: true,
    alone: true,
  },
  {
    name: 'helper',
    shows: 'The helper on a simulated kernel, under three shells: kills, refusals, mutated plans',
    command: ['vitest', 'run', 'test/main/helper/'],
    counting: 'vitest',
    // It mounts its simulated kernel: root and /dev/fuse.
    needs: [...SHELLS, { command: 'strace', package: 'strace' }],
    inCi: true,
    alone: true,
  },
  {
    name: 'ssh',
    shows: 'Reading a host and running the helper there, through a real sshd on loopback',
    command: ['vitest', 'run', 'test/main/ssh/'],
    counting: 'vitest',
    // Mounts of its own and a simulated kernel: root and /dev/fuse.
    needs: [
      ...SHELLS,
      { command: 'sshd', package: 'openssh-server' },
      { command: 'ssh', package: 'openssh-client' },
      { command: 'sudo', package: 'sudo' },
    ],
    inCi: true,
    alone: true,
  },
  {
    name: 'boot-tools',
    shows: 'Builders of boot images of Debian take what a boot change writes',
    command: ['vitest', 'run', 'test/main/binding/boot-tools/'],
    counting: 'vitest',
    // Runs them in an unpacked Debian: root.
    needs: [...READING_PACKAGES, { command: 'unshare', package: 'util-linux' }],
    inCi: true,
    alone: true,
  },
  {
    name: 'library-kills',
    shows: 'Imports killed at random moments leave a whole library that lost nothing committed',
    command: ['vitest', 'run', 'test/main/library/kills/'],
    counting: 'vitest',
    needs: [],
    inCi: true,
    alone: true,
  },
  {
    name: 'vm',
    shows: 'libvirt and QEMU take the configurations that are written for them',
    command: ['vitest', 'run', 'test/main/vmconfig/tools/'],
    counting: 'vitest',
    // libvirt's driver runs in namespaces of its own: root.
    needs: [
      { command: 'virsh', package: 'libvirt-clients' },
      // The driver has no other program.
      { command: 'virt-qemu-run', package: 'libvirt-daemon-driver-qemu' },
      { command: 'virt-install', package: 'virtinst' },
      { command: 'xmllint', package: 'libxml2-utils' },
      { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
      { command: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd', package: 'ovmf' },
      { command: 'swtpm_setup', package: 'swtpm-tools' },
      { command: 'shellcheck', package: 'shellcheck' },
      { command: 'busybox', package: 'busybox' },
      { command: 'dash', package: 'dash' },
      { command: 'nix-instantiate', package: 'nix-bin' },
      { command: '/usr/lib/python3/dist-packages/yaml/__init__.py', package: 'python3-yaml' },
      { command: 'unshare', package: 'util-linux' },
      { command: 'ip', package: 'iproute2' },
    ],
    inCi: true,
    alone: true,
  },
  {
    name: 'packages',
    shows: 'The deb and the rpm, built around a stand-in for Electron, hold what they must',
    command: ['node', 'test/tools/pack-check.mjs'],
    counting: 'node-test',
    needs: [
      { command: 'dpkg-deb', package: 'dpkg' },
      { command: 'rpmbuild', package: 'rpm' },
    ],
    inCi: true,
    alone: true,
  },
];
