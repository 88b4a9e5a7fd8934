// @ts-check
/**
 * Sets a checkout up and starts something in it. Needs Node 18 or newer and npm, nothing else.
 *
 *     node setup.mjs start [--no-open] [--serve] [ARGUMENTS]   the window
 *     node setup.mjs test [ARGUMENTS]                          the suites of test/suites.ts
 *     node setup.mjs check [ARGUMENTS]                         those that need no build
 *     node setup.mjs airlock [ARGUMENTS]                       the command line
 *     node setup.mjs run FILE [ARGUMENTS]                      a file of this checkout
 *     node setup.mjs build                                     builds in any case
 *
 * Each installs the lockfile's packages where they are missing or older than the lockfile, builds
 * what is older than its sources, and goes on under the Node 24 that came with the packages.
 * Everything this file says about itself goes to standard error, so that the output of
 * `npm run -s airlock -- groups --json` is the command's alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const OLDEST_NODE = 18;
const HEARTBEAT_MS = 10_000;

/** A failure that is told in one line. */
class SetupError extends Error {}

/** @param {string} file */
const inRoot = (file) => path.join(ROOT, file);

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

/* ------------------------------------------------------------------ packages ---------------- */

const NODE_24 = inRoot('node_modules/.bin/node');
/** npm writes this file last: an installation that was interrupted has none. */
const INSTALLED = inRoot('node_modules/.package-lock.json');

function needsInstall() {
  if (!existsSync(INSTALLED) || !existsSync(NODE_24)) return true;
  return statSync(INSTALLED).mtimeMs < statSync(inRoot('package-lock.json')).mtimeMs;
}

const QUIETLY = ['--no-audit', '--no-fund', '--progress=false', '--loglevel=error'];
/** Short pauses between retries, so that a missing network is told in seconds. */
const PATIENCE = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];

async function install() {
  const newer = isTooOldToInstall() ? await fetchNpm() : undefined;
  say('Installing the packages of package-lock.json (a minute or two) …');
  // Development packages always: without them there is nothing to build and start with.
  const args = ['ci', '--include=dev', '--prefer-offline', ...QUIETLY, ...PATIENCE];
  const result = await npm(args, newer?.command);
  if (newer) rmSync(newer.folder, { recursive: true, force: true });
  if (result.status !== 0) throw new SetupError(explainInstall(result.output));
  if (!runsNode24()) await repairNode();
}

/** Where npm is told to run no install scripts, the one that brings Node 24 has not run either. */
async function repairNode() {
  const result = await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  if (runsNode24()) return;
  const reason = lastLine(result.output) ?? 'it does not run on this system';
  throw new SetupError(`Cannot set up Node 24 from the npm package "node": ${reason}`);
}

function runsNode24() {
  return /^v24\./.test(spawnSync(NODE_24, ['--version'], { encoding: 'utf8' }).stdout ?? '');
}

/**
 * Why npm failed, in one line; with its own words before it where the reason is unknown.
 *
 * @param {string} output
 */
function explainInstall(output) {
  const what = 'Cannot install the packages';
  const code = /\b(E[A-Z_]{3,})\b/.exec(output)?.[1] ?? '';
  if (/^E(CONN|NOTFOUND|AI_AGAIN|TIMEDOUT|NET|HOST|RR_SOCKET|SOCKET)/.test(code)) {
    return `${what}: the npm registry cannot be reached (${code}). Check the network and try again.`;
  }
  if (/^E(ACCES|PERM|ROFS)$/.test(code)) return notWritable(inRoot('node_modules'));
  if (code === 'ENOSPC') return `${what}: the disk is full. About 1 GB is needed.`;
  if (code === 'EUSAGE') return `${what}: package-lock.json is not in step with package.json.`;
  const lines = output.split('\n').filter((line) => line.replace('npm error', '').trim() !== '');
  say(lines.slice(0, 15).join('\n'));
  return `${what}: npm failed${code && ` with ${code}`}; its messages are above.`;
}

/**
 * Runs npm quietly, with a sign of life every few seconds.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} [command]
 */
function npm(args, command = ownNpm()) {
  const { cache, env } = npmEnvironment();
  return runQuietly([...command, ...args], env).finally(() => {
    if (cache) rmSync(cache, { recursive: true, force: true });
  });
}

/** The npm that started this, unless it was another package manager. */
function ownNpm() {
  const cli = process.env['npm_execpath'] ?? '';
  return /npm-cli\.c?js$/.test(cli) ? [process.execPath, cli] : ['npm'];
}

/**
 * Under a Node that is too old for a package, npm leaves out the part of it that is made for this
 * system, without a word: the build tools of the lockfile want 20.19, 22.13 or newer.
 */
function isTooOldToInstall() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19) || (major === 22 && minor < 13);
}

/**
 * Gets the Node of the lockfile and an npm for it into a temporary folder.
 *
 * @returns {Promise<{ command: readonly string[], folder: string }>}
 */
async function fetchNpm() {
  say(`Node ${process.versions.node} is too old to install with; getting Node 24 for it …`);
  const folder = mkdtempSync(path.join(tmpdir(), 'airlock-node-'));
  const lockfile = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  const node = `node-${process.platform}-${process.arch}`;
  const packages = [`${node}@${lockfile.packages['node_modules/node'].version}`, 'npm@11'];
  const result = await npm(['install', '--prefix', folder, ...QUIETLY, ...packages]);
  if (result.status !== 0) throw new SetupError(explainInstall(result.output));
  const bin = (/** @type {string} */ file) => path.join(folder, 'node_modules', file);
  return { command: [bin(`${node}/bin/node`), bin('npm/bin/npm-cli.js')], folder };
}

/** npm wants a cache it can write to, which a service account without a home does not have. */
function npmEnvironment() {
  const env = { ...process.env };
  if (isWritable(env['npm_config_cache'] ?? path.join(homedir(), '.npm'))) return { env };
  const cache = mkdtempSync(path.join(tmpdir(), 'airlock-npm-'));
  return { cache, env: { ...env, npm_config_cache: cache } };
}

/* ------------------------------------------------------------------ build ------------------- */

const SOURCES = ['main', 'renderer', 'shared', 'assets', 'package.json', 'package-lock.json'];
const BUILD_CONFIGS = ['electron.vite.config.ts', 'vite.node.config.ts', 'tsconfig.base.json'];
const OUTPUTS = ['out/cli/airlock.js', 'out/main/index.js', 'out/renderer/index.html'];
/** Holds {@link sourceSignature} of the sources that `out` was built from. */
const BUILT = inRoot('out/.built');

function needsBuild() {
  if (!OUTPUTS.every((file) => existsSync(inRoot(file))) || !existsSync(BUILT)) return true;
  return readFileSync(BUILT, 'utf8') !== sourceSignature();
}

/** Changes with every file that is written, added or removed; unlike the newest time of all. */
function sourceSignature() {
  const hash = createHash('sha256');
  for (const source of [...SOURCES, ...BUILD_CONFIGS]) addToHash(hash, source);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addToHash(hash, file) {
  const stat = statSync(inRoot(file), { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const name of readdirSync(inRoot(file)).sort()) addToHash(hash, `${file}/${name}`);
  } else if (stat) {
    hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}

async function build() {
  const foreign = OUTPUTS.map((file) => inRoot(path.dirname(file))).find((at) => !isWritable(at));
  if (foreign) throw new SetupError(notWritable(foreign));
  say('Building (some seconds) …');
  const signature = sourceSignature();
  rmSync(BUILT, { force: true });
  const result = await npm(['run', '--silent', 'bundle']);
  if (result.status !== 0) {
    say(result.output.replace(/^\s+at .*\n/gm, '').trim());
    throw new SetupError('The build failed; its messages are above.');
  }
  chmodSync(inRoot('out/cli/airlock.js'), 0o755);
  writeFileSync(BUILT, signature);
}

/* ------------------------------------------------------------------ one set-up at a time ----- */

/** Exit status of a set-up that has told why it failed. */
const TOLD = 3;

/** @typedef {'packages' | 'stale' | 'all'} Wanted - What to build, beyond having the packages. */

/**
 * Brings packages and build up to date. Two commands may start at once: the work is done by a
 * child under a lock of the kernel, which a killed process cannot leave behind.
 *
 * @param {Wanted} [wanted]
 */
function setUp(wanted = 'stale') {
  if (!needsInstall() && !mustBuild(wanted)) return;
  if (!isWritable(inRoot('out'))) throw new SetupError(notWritable(inRoot('out')));
  mkdirSync(inRoot('out'), { recursive: true });
  const self = [process.execPath, fileURLToPath(import.meta.url), 'prepare', wanted];
  const lock = ['--close', inRoot('out/.lock'), ...self];
  let status = runInFront(['flock', '--nonblock', ...lock]);
  if (status === 1) {
    say('Another set-up is at work here; waiting for it …');
    status = runInFront(['flock', ...lock]);
  }
  // No flock on this system: go without, as it matters only to two commands at once.
  if (status === undefined) status = runInFront(self);
  if (status !== 0) process.exit(status === TOLD ? 1 : (status ?? 1));
}

/**
 * The child's part of {@link setUp}. It looks again, because it may have waited for the lock.
 *
 * @param {Wanted} wanted
 */
async function prepare(wanted) {
  if (needsInstall()) await install();
  if (mustBuild(wanted)) await build();
}

/** @param {Wanted} wanted */
function mustBuild(wanted) {
  return wanted === 'all' || (wanted === 'stale' && needsBuild());
}

/** @param {readonly string[]} command */
function runInFront([program = '', ...args]) {
  const result = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (result.signal) process.exit(130);
  return result.status ?? undefined;
}

/* ------------------------------------------------------------------ starting things ---------- */

/** Where the user stands: npm changes to the folder of package.json and says where it came from. */
function userFolder() {
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  return existsSync(folder) ? folder : ROOT;
}

/**
 * Runs a program in the foreground and ends as it ends. Ctrl-C reaches it by itself; this process
 * only waits. Other signals are passed on.
 *
 * @param {readonly string[]} command
 * @param {{ cwd?: string, onOutput?: (text: string) => void, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} The exit status, 128 and more for a signal.
 */
function foreground([program = '', ...args], { cwd = userFolder(), onOutput, env } = {}) {
  return new Promise((resolve) => {
    const stdout = onOutput ? 'pipe' : 'inherit';
    const child = spawn(program, args, { cwd, env, stdio: ['inherit', stdout, 'inherit'] });
    process.on('SIGINT', () => undefined);
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.stdout?.on('data', (chunk) => {
      process.stdout.write(chunk);
      onOutput?.(String(chunk));
    });
    child.on('error', (error) => {
      say(`Cannot start ${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (status, signal) => resolve(status ?? signalStatus(signal)));
  });
}

/** @param {NodeJS.Signals | null} signal */
function signalStatus(signal) {
  return 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[String(signal)] ?? 6);
}

/**
 * Runs a program and collects what it says.
 *
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [timeoutMs]
 * @returns {Promise<{ status: number | null, output: string }>}
 */
function runQuietly([program = '', ...args], env, timeoutMs) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, timeout: timeoutMs, stdio: 'pipe' });
    const startedAtMs = Date.now();
    const heartbeat = setInterval(() => {
      say(`  … ${Math.round((Date.now() - startedAtMs) / 1000)} s`);
    }, HEARTBEAT_MS);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.stdin.end();
    child.on('error', (error) => (output += error.message));
    child.on('close', (status) => {
      clearInterval(heartbeat);
      resolve({ status, output });
    });
  });
}

/* ------------------------------------------------------------------ the window --------------- */

const ELECTRON_LIMIT_MS = 180_000;
/** Electron that ends with a failure this soon has never shown a window. */
const TOO_SOON_MS = 8_000;

/** @param {readonly string[]} args */
async function start(args) {
  const rest = args.filter((arg) => arg !== '--no-open' && arg !== '--serve');
  const display = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  const isRoot = process.getuid?.() === 0;
  const browser = !args.includes('--no-open') && !isRoot && display ? findProgram('xdg-open') : '';
  if (args.includes('--serve')) return serve('As asked', rest, browser);
  if (isRoot) return serve("Running as root, which Chromium's sandbox refuses", rest, browser);
  if (!display) return serve('There is no display here', rest, browser);
  const electron = await findElectron();
  if (!electron) return serve("Electron's runtime could not be downloaded", rest, browser);
  const startedAtMs = Date.now();
  // Terminals inside editors set this, and Electron would start as a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const status = await foreground([electron, ROOT, ...rest], { env });
  if (status === 0 || status === 130 || Date.now() - startedAtMs > TOO_SOON_MS) return status;
  return serve(`Electron ended at once (status ${status})`, rest, browser);
}

/**
 * The same window in a browser. `airlock serve` prints the address.
 *
 * @param {string} why
 * @param {readonly string[]} args
 * @param {string} browser - Program that opens an address; empty for none.
 */
function serve(why, args, browser) {
  process.stdout.write(`${why}; the window is in the browser instead of Electron:\n`);
  const command = [NODE_24, inRoot('out/cli/airlock.js'), 'serve', ...args];
  if (!browser) return foreground(command);
  let text = '';
  let isOpen = false;
  return foreground(command, {
    onOutput: (chunk) => {
      text = isOpen ? '' : text + chunk;
      const address = /http:\/\/127\.0\.0\.1:\S+(?=\s)/.exec(text)?.[0];
      if (!address) return;
      isOpen = true;
      spawn(browser, [address], { stdio: 'ignore', detached: true }).on('error', () => undefined);
    },
  });
}

/** Electron's program; its download is tried once, because the npm package brings none. */
async function findElectron() {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? inRoot('node_modules/electron/dist');
  const program = path.join(folder, 'electron');
  if (existsSync(program)) return program;
  say('Downloading Electron, about 120 MB; "npm start -- --serve" goes without …');
  const download = [NODE_24, inRoot('node_modules/electron/install.js')];
  await runQuietly(download, process.env, ELECTRON_LIMIT_MS);
  return existsSync(program) ? program : undefined;
}

/** @param {string} name */
function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? '';
}

/* ------------------------------------------------------------------ main --------------------- */

/**
 * Most often a first start as root has made the files.
 *
 * @param {string} folder
 */
function notWritable(folder) {
  return `Cannot write to ${folder}. "sudo chown -R $USER ${ROOT}" makes it yours.`;
}

/** @param {string | undefined} text */
function lastLine(text) {
  return text?.trim().split('\n').at(-1) || undefined;
}

/**
 * Whether a folder can be written to, or made.
 *
 * @param {string} folder
 * @returns {boolean}
 */
function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return (
      !existsSync(folder) && folder !== path.dirname(folder) && isWritable(path.dirname(folder))
    );
  }
}

/**
 * @param {string | undefined} mode
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function main(mode, args) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new SetupError(
      `Airlock needs Node ${OLDEST_NODE} or newer; this is ${process.version}, ${process.execPath}.`,
    );
  }
  switch (mode) {
    case 'prepare':
      await prepare(/** @type {Wanted} */ (args[0]));
      return 0;
    case 'build':
      setUp('all');
      return 0;
    case 'start':
      setUp();
      return start(args);
    case 'test':
      setUp();
      return foreground([NODE_24, inRoot('test/run.ts'), ...args], { cwd: ROOT });
    case 'check':
      setUp('packages');
      return foreground([NODE_24, inRoot('test/run.ts'), '--check', ...args], { cwd: ROOT });
    case 'run':
      setUp();
      return foreground([NODE_24, inRoot(args[0] ?? ''), ...args.slice(1)]);
    case 'airlock':
      setUp();
      return foreground([NODE_24, inRoot('out/cli/airlock.js'), ...args]);
    default:
      throw new SetupError('Usage: node setup.mjs start|test|check|airlock|run|build [ARGUMENTS]');
  }
}

main(process.argv[2], process.argv.slice(3)).then(
  (status) => process.exit(status),
  (error) => {
    say(error instanceof SetupError ? error.message : `The set-up failed: ${error.message}`);
    process.exit(process.argv[2] === 'prepare' ? TOLD : 1);
  },
);
