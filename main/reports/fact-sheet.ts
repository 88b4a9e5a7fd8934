import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { FactOrigin, ReportPart } from '../../shared/report.ts';
import { ArchiveTree } from '../host/archive-tree.ts';
import { ProblemList } from '../host/problem-list.ts';
import { quoteName } from '../host/quote-name.ts';
import { MAX_REPORT_FUNCTIONS } from './limits.ts';
import {
  RANKS,
  type FactName,
  type StatedFacts,
  type Statement,
  type Statements,
} from './stated-facts.ts';

/**
 * What all parts of a report say, fact by fact. Of two statements the one from the better origin
 * counts, of two from the same origin the first; where they differ a problem names both.
 */
export class FactSheet {
  readonly problems = new ProblemList();
  readonly parts: ReportPart[] = [];
  /** Facts about the host as a whole, as the files of a tree that its reader knows. */
  readonly files = new ArchiveTree();
  /** Members of groups that are not PCI functions: `platform:107c580000.hvs` to its group. */
  readonly otherMembers = new Map<string, string>();
  readonly #functions = new Map<Bdf, Statements>();
  #file: string | undefined;
  #mixedIds = 0;

  /** The file of a bundle that is read now. */
  get file(): string | undefined {
    return this.#file;
  }

  openFile(file: string | undefined): void {
    this.#file = file;
  }

  get functions(): ReadonlyMap<Bdf, Statements> {
    return this.#functions;
  }

  /** Functions whose ids differ between parts: a sign that two hosts are mixed. */
  get mixedIds(): number {
    return this.#mixedIds;
  }

  /** Notes that a function exists. */
  mention(bdf: Bdf): Statements | undefined {
    const known = this.#functions.get(bdf);
    if (known !== undefined) return known;
    if (this.#functions.size >= MAX_REPORT_FUNCTIONS) {
      this.problems.add('limit', 'functions', `More than ${MAX_REPORT_FUNCTIONS} functions`);
      return undefined;
    }
    const fresh: Statements = {};
    this.#functions.set(bdf, fresh);
    return fresh;
  }

  /** Notes what a line says about a function; nothing where the line does not say it. */
  state<K extends FactName>(
    bdf: Bdf,
    fact: K,
    value: StatedFacts[K] | undefined,
    source: { readonly origin: FactOrigin; readonly line: number },
  ): void {
    if (value === undefined && !MAY_BE_ABSENT.has(fact)) return;
    const statements = this.mention(bdf);
    if (statements === undefined) return;
    const { origin, line } = source;
    const fresh = { value: value as StatedFacts[K], origin, where: this.where(line) };
    const before: Statement<StatedFacts[K]> | undefined = statements[fact];
    if (before === undefined || isBetter(fact, fresh, before)) {
      statements[fact] = fresh as Statements[K];
    }
    if (before !== undefined) this.#compare(bdf, fact, before, fresh);
  }

  /** `line 14`, with the file where the report is a bundle. */
  where(line: number): string {
    return this.#file === undefined ? `line ${line}` : `${quoteName(this.#file)}, line ${line}`;
  }

  /** Adds a problem of one line. */
  complain(line: number, text: string): void {
    const where = this.where(line);
    this.problems.add(
      'malformed',
      where,
      `${where[0]?.toUpperCase() ?? ''}${where.slice(1)}: ${text}`,
    );
  }

  #compare<T>(bdf: Bdf, fact: FactName, a: Statement<T>, b: Statement<T>): void {
    const words = WORDS[fact];
    if (words === undefined || sameWords(fact, a.value, b.value)) return;
    if (fact === 'vendorId' || fact === 'deviceId') this.#mixedIds++;
    const counts = isBetter(fact, b, a) ? b : a;
    const text = `${bdf}: the ${words} is ${inWords(fact, a.value)} by ${a.where} (${a.origin}) and ${inWords(fact, b.value)} by ${b.where} (${b.origin}); ${counts.where} counts`;
    this.problems.add('contradiction', `${bdf} ${fact}`, text);
  }
}

/** Facts for which "none" is a statement. */
const MAY_BE_ABSENT: ReadonlySet<FactName> = new Set(['driver', 'group']);

function isBetter<T>(fact: FactName, fresh: Statement<T>, before: Statement<T>): boolean {
  if (fact === 'config') return sizeOf(fresh.value) > sizeOf(before.value);
  if (fact === 'capabilities') return depthOf(fresh.value) > depthOf(before.value);
  if (isUnreadable(fresh.value) || isUnreadable(before.value)) return isUnreadable(before.value);
  // A name that stands beside the class in one word says less than a whole one.
  if (fact === 'classCode' && isCoarse(before.value) && !isCoarse(fresh.value)) return true;
  return RANKS[fresh.origin] < RANKS[before.origin];
}

function sizeOf(value: unknown): number {
  return value instanceof Uint8Array ? value.length : 0;
}

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'depth' in value ? Number(value.depth) : 0;
}

function isCoarse(classCode: unknown): boolean {
  return typeof classCode === 'number' && (classCode & 0xff) === 0;
}

/** The facts that are compared, in words; names and texts differ in wording alone. */
const WORDS: Readonly<Partial<Record<FactName, string>>> = {
  vendorId: 'vendor id',
  deviceId: 'device id',
  classCode: 'class',
  subsystem: 'subsystem',
  revision: 'revision',
  driver: 'driver',
  group: 'group',
  place: 'place',
  bridge: 'range of buses',
  headerType: 'header type',
};

function sameWords(fact: FactName, a: unknown, b: unknown): boolean {
  if (isUnreadable(a) || isUnreadable(b)) return true;
  return inWords(fact, a) === inWords(fact, b);
}

function inWords(fact: FactName, value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return quoteName(value);
  if (fact === 'classCode') return hex(Number(value) >>> 8, 4);
  if (typeof value === 'number') return hex(value, fact === 'subsystem' ? 8 : 4);
  return JSON.stringify(value);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
