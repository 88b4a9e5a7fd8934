import type { FunctionView } from '../../../shared/view.ts';
import { ACS_STATES } from '../../components/acs-states.ts';
import { writeAddress } from '../../components/addresses.ts';
import { counted } from '../../components/counted.ts';
import { DEVICE_KINDS } from '../../components/device-kinds.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import type { Inside } from './picture-collapse.ts';
import type { PictureHost, PictureNode } from './picture-graph.ts';

/** The head line of a node: what it is. */
export function headWords(node: PictureNode, host: PictureHost): string {
  const first = host.functions[node.functionIds[0] ?? ''];
  switch (node.kind) {
    case 'bus':
      return `Root ${node.id}`;
    case 'port':
      return first?.name ?? '';
    case 'card':
      return first === undefined ? '' : cardWords(first);
    case 'parts':
      return 'Parts of the host';
    case 'shares':
      return 'Virtual functions';
  }
}

function cardWords(fn: FunctionView): string {
  if (fn.physicalSlot !== undefined) return `Slot ${fn.physicalSlot}`;
  if (fn.label !== undefined) return fn.label;
  if (fn.parent === undefined) return 'On the root bus';
  return DEVICE_KINDS[fn.kind].word;
}

/** What a closed node hides: `126 functions in 126 groups`. */
export function insideWords({ functions, groups }: Inside): string {
  const inGroups = groups === 0 ? '' : ` in ${counted(groups, 'group')}`;
  return `${counted(functions, 'function')}${inGroups} inside`;
}

/** The verdict that all functions of a card have, for its head; `undefined` where they differ. */
export function cardVerdict(node: PictureNode, host: PictureHost): ShownVerdict | undefined {
  if (node.kind !== 'card') return undefined;
  const verdicts = new Set(
    node.functionIds.map((bdf) => host.verdicts[host.functions[bdf]?.groupId ?? '']),
  );
  return verdicts.size === 1 ? [...verdicts][0] : undefined;
}

/** Begins with what is seen, word for word, so that people who speak to the picture can name it. */
function seenWords(fn: FunctionView, node: PictureNode, form: 'short' | 'long'): readonly string[] {
  const seen = `${writeAddress(fn.bdf, form)} ${fn.name}`;
  if (node.kind !== 'port') return [seen, fn.role];
  return [`${seen} ${fn.role} ${ACS_STATES[fn.acs].word}`];
}

/** One function in a sentence, for people who hear the picture. */
export function functionSentence(
  fn: FunctionView,
  node: PictureNode,
  host: PictureHost,
  form: 'short' | 'long',
): string {
  const verdict = host.verdicts[fn.groupId ?? ''];
  return [
    ...seenWords(fn, node, form),
    fn.groupId === undefined ? 'no group' : `group ${fn.groupId}`,
    ...(verdict === undefined || node.kind === 'port' ? [] : [VERDICTS[verdict].word]),
  ].join(', ');
}
