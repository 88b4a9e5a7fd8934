import type { RedactionReport } from '../../shared/redaction-report.ts';
import { REPLACED_KINDS } from '../../shared/replaced-kinds.ts';

const MAX_FILES = 20;

/** `airlock redact` for people: what was replaced, what is missing, what was checked. */
export function redactionText(report: RedactionReport): string {
  const { output, hasChanged, replaced, clearedSerials, leftOut, kept } = report;
  if (!hasChanged) return `${output} is the same as ${report.input}: there was nothing to replace.`;
  return [
    `Written to ${output}:`,
    ...replaced.map(
      ({ kind, things, places }) =>
        `  ${counted(things, REPLACED_KINDS[kind])} in ${counted(places, PLACES)}`,
    ),
    ...(clearedSerials > 0
      ? [
          `  ${counted(clearedSerials, ['Device Serial Number', 'Device Serial Numbers'])} in configuration space set to zero`,
        ]
      : []),
    ...leftOutLines(leftOut),
    kept === undefined
      ? 'It shows no host to compare: look through it before you send it.'
      : `Unchanged: ${counted(kept.functions, ['function', 'functions'])} with addresses, ids and topology, ${counted(kept.groups, ['group', 'groups'])}.`,
    ...(report.packing === 'gzip' && /\.(t?xz|t?bz2)$/.test(report.input)
      ? ['It is packed with gzip.']
      : []),
  ].join('\n');
}

const PLACES = ['place', 'places'] as const;

function leftOutLines({ count, files }: RedactionReport['leftOut']): readonly string[] {
  if (count === 0) return [];
  const shown = files.slice(0, MAX_FILES).map(({ path, reason }) => `    ${path}: ${reason}`);
  const more = count - shown.length;
  return [
    `  Left out: ${counted(count, ['file', 'files'])} that cannot be redacted`,
    ...shown,
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ];
}

function counted(count: number, [one, several]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : several}`;
}
