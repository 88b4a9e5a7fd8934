import type { Failure } from '../../shared/result.ts';

/** Writes the answer, and nothing else, to standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** One JSON document; a list only where several sources were asked. */
export function printJson(documents: readonly unknown[], isList: boolean): void {
  print(JSON.stringify(isList ? documents : documents[0], null, 2));
}

/** One line on standard error that says why there is no answer. */
export function complain(failure: Failure): void {
  process.stderr.write(`airlock: ${failure.message.replaceAll(/[\n\r]+/g, ' ')}\n`);
}

/** A remark for people beside the answer. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}
