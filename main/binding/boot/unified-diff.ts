const CONTEXT_LINES = 3;
const NO_NEWLINE = '\\ No newline at end of file\n';

/**
 * Writes what changes between two texts as a unified diff, for `patch -p1` and for reading.
 *
 * One hunk from the first line that differs to the last one: what changes here is short. Undefined
 * is a file that is not there.
 */
export function unifiedDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
): string {
  if (before === after) return '';
  const [old, now] = [toLines(before), toLines(after)];
  const head = countEqual(old, now);
  const tail = countEqual(old.slice(head).reverse(), now.slice(head).reverse());
  const start = Math.max(0, head - CONTEXT_LINES);
  const kept = Math.min(tail, CONTEXT_LINES);
  const [oldEnd, newEnd] = [old.length - tail, now.length - tail];
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  return [
    `--- ${from}\n+++ ${to}\n`,
    `@@ -${range(start, oldEnd + kept)} +${range(start, newEnd + kept)} @@\n`,
    ...old.slice(start, head).map((line) => mark(' ', line)),
    ...old.slice(head, oldEnd).map((line) => mark('-', line)),
    ...now.slice(head, newEnd).map((line) => mark('+', line)),
    ...old.slice(oldEnd, oldEnd + kept).map((line) => mark(' ', line)),
  ].join('');
}

/** Lines with their ends; the last one may lack it. */
function toLines(text: string | undefined): string[] {
  return text?.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function countEqual(some: readonly string[], others: readonly string[]): number {
  const different = some.findIndex((line, index) => line !== others[index]);
  return different < 0 ? Math.min(some.length, others.length) : different;
}

/** Lines are counted from one; a range without lines names the line before it. */
function range(start: number, end: number): string {
  const count = end - start;
  return `${count === 0 ? start : start + 1},${count}`;
}

function mark(sign: string, line: string): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n${NO_NEWLINE}`;
}
