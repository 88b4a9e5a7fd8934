import type { Problem, ProblemCode } from '../../shared/host.ts';
import { MAX_PROBLEMS } from './limits.ts';
import { quoteName } from './quote-name.ts';
import { describeErrno, type SourceError } from './source.ts';

/** Collects what could not be read, while the reading goes on. */
export class ProblemList {
  readonly #problems: Problem[] = [];
  readonly #seen = new Set<string>();
  #more = 0;

  /** Adds a problem; one that is known already is not repeated. */
  add(code: ProblemCode, path: string, text: string): void {
    const key = `${code} ${path}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (this.#problems.length < MAX_PROBLEMS) {
      this.#problems.push({ path: quoteName(path), code, text });
    } else {
      this.#more++;
    }
  }

  /** A path that exists and could not be read. */
  addUnreadable(path: string, error: SourceError): void {
    const reason = describeErrno(error.errno);
    this.add('unreadable', path, `Cannot read ${quoteName(path)}: ${reason}`);
  }

  /** A path whose content is not what the kernel writes. */
  addMalformed(path: string, content: string): void {
    const shown = quoteName(content.slice(0, 40));
    this.add('malformed', path, `Cannot understand ${quoteName(path)}: it holds "${shown}"`);
  }

  /** All problems; where there were too many, the last one counts the rest. */
  toArray(): readonly Problem[] {
    if (this.#more === 0) return this.#problems;
    const text = `${this.#more} more problems of the same kinds are not listed`;
    return [...this.#problems, { path: '', code: 'limit', text }];
  }
}
