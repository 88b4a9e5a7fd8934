import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Packages of several Debian suites, through an apt configuration of our own: the system's lists
 * and packages stay as they are. Everything lies outside the checkout, so that a second checkout
 * does not load it again.
 */

const run = promisify(execFile);
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const MIRROR = 'http://deb.debian.org';
const OUTPUT_LIMIT = 256 * 1024 * 1024;
const LISTS_STAY_FRESH_MS = 12 * 60 * 60 * 1000;

/** Folder for all that the laboratory loads and unpacks: `$AIRLOCK_LAB_CACHE`, or below `~/.cache`. */
export function labCache(): string {
  const named = process.env['AIRLOCK_LAB_CACHE'];
  if (named !== undefined && named !== '') return named;
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(caches, 'airlock-lab');
}

/** One version of a package as a suite of the archive has it. */
export interface ArchivedPackage {
  readonly name: string;
  readonly version: string;
  readonly suite: string;
}

/** The archive for one architecture. */
export class DebianArchive {
  readonly #folder: string;
  readonly #options: readonly string[];
  /** What apt said where lists could not be loaded. */
  trouble: string | undefined;

  private constructor(folder: string, architecture: string) {
    this.#folder = folder;
    this.#options = [
      `-oDir::Etc::SourceList=${folder}/sources.list`,
      '-oDir::Etc::SourceParts=/nonexistent',
      `-oDir::State::Lists=${folder}/lists`,
      `-oDir::Cache=${folder}/cache`,
      `-oAPT::Architecture=${architecture}`,
      `-oAPT::Architectures=${architecture}`,
      '-oAPT::Sandbox::User=root',
      '-oAcquire::Languages=none',
      '-oAcquire::Retries=3',
    ];
  }

  /** Makes the configuration, and loads the lists where they are older than half a day. */
  static async open(architecture: string, suites: readonly string[]): Promise<DebianArchive> {
    const folder = join(labCache(), `apt-${architecture}-${suites.join('+')}`);
    mkdirSync(join(folder, 'lists/partial'), { recursive: true });
    mkdirSync(join(folder, 'cache/archives/partial'), { recursive: true });
    writeFileSync(join(folder, 'sources.list'), suites.map(sourceLine).join(''));
    const archive = new DebianArchive(folder, architecture);
    await archive.#refresh();
    return archive;
  }

  async #refresh(): Promise<void> {
    const stamp = join(this.#folder, 'updated');
    if (existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < LISTS_STAY_FRESH_MS) return;
    try {
      // A list that could not be loaded is only a warning to apt, unless it is told otherwise.
      await this.#apt('apt-get', ['-oAPT::Update::Error-Mode=any', '-q', 'update']);
      writeFileSync(stamp, '');
    } catch (error) {
      // A mirror in the middle of its own update lacks single lists; the others serve.
      this.trouble = String((error as { stderr?: string }).stderr ?? error);
    }
  }

  /** All packages whose name begins so. */
  async names(prefix: string): Promise<readonly string[]> {
    return (await this.#apt('apt-cache', ['pkgnames', prefix])).split('\n').filter(Boolean);
  }

  /** Which versions the suites have, newest first for each name; unknown names are left out. */
  async versions(names: readonly string[]): Promise<readonly ArchivedPackage[]> {
    const lines = (await this.#apt('apt-cache', ['madison', ...names])).split('\n');
    return lines.flatMap((line) => {
      const [name = '', version = '', origin = ''] = line.split('|').map((part) => part.trim());
      const suite = origin.split(' ')[1]?.split('/')[0];
      return suite === undefined ? [] : [{ name, version, suite }];
    });
  }

  /** Loads packages (`name=version`) in one call, and gives the files in no order. */
  async download(packages: readonly string[]): Promise<readonly string[]> {
    const folder = join(this.#folder, `download-${process.pid}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await this.#apt('apt-get', ['-q', 'download', ...packages], folder);
    return readdirSync(folder).map((file) => join(folder, file));
  }

  /** What an empty system would get with these packages and what they depend on: `name=version`. */
  async closure(names: readonly string[]): Promise<readonly string[]> {
    const empty = ['-oDir::State::status=/dev/null', '-oAPT::Install-Recommends=0'];
    const answer = await this.#apt('apt-get', [...empty, '-s', 'install', ...names]);
    return answer.split('\n').flatMap((line) => {
      const [, name, version] = /^Inst (\S+) \((\S+)/.exec(line) ?? [];
      return name === undefined || version === undefined ? [] : [`${name}=${version}`];
    });
  }

  async #apt(program: string, args: readonly string[], cwd = '/'): Promise<string> {
    const { stdout } = await run(program, [...this.#options, ...args], {
      cwd,
      maxBuffer: OUTPUT_LIMIT,
    });
    return stdout;
  }
}

/** Unpacks the files of a package that match any of the patterns of `tar --wildcards`. */
export async function unpackPackage(
  file: string,
  folder: string,
  patterns: readonly string[],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const script = 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --wildcards "$@"';
  const unpack = script.replace('"$@"', '$(shift 2; printf "%s\\n" "$@")');
  // A pattern without a match is an error to tar; another pattern may be the one that counts.
  await run('sh', ['-fc', `${unpack} 2>/dev/null || true`, 'sh', file, folder, ...patterns]);
}

function sourceLine(suite: string): string {
  const pool = suite.endsWith('-security') ? 'debian-security' : 'debian';
  return `deb [signed-by=${KEYRING}] ${MIRROR}/${pool} ${suite} main\n`;
}
