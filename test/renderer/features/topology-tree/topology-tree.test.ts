import { describe, expect, it } from 'vitest';
import {
  ancestorsOf,
  buildTree,
  visibleNodes,
} from '../../../../renderer/features/topology-tree/topology-tree.ts';
import type { HostView } from '../../../../shared/view.ts';
import { AM4_OFF } from '../../fixtures/am4-off.ts';
import { BIG_SERVER } from '../../fixtures/big-server.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { storeWithHost } from '../../normalised-host.ts';

const treeOf = (view: HostView) => buildTree(storeWithHost(view).host);

describe('the tree of a host', () => {
  it('hangs functions below the ports that their traffic goes through', () => {
    const shown = visibleNodes(treeOf(AM4_OFF), {});
    const below = shown.filter(({ node }) => node.parentId === '0000:02:00.2');
    expect(below.map(({ node, level }) => `${level} ${node.id}`)).toEqual([
      '4 0000:03:00.0',
      '4 0000:03:01.0',
      '4 0000:03:04.0',
    ]);
    expect(ancestorsOf(treeOf(AM4_OFF), '0000:05:00.0')).toEqual([
      '0000:03:01.0',
      '0000:02:00.2',
      '0000:00:01.3',
      'bus 0000:00',
    ]);
  });

  it('folds virtual functions away below their device', () => {
    const tree = treeOf(BIG_SERVER);
    expect(visibleNodes(tree, {})).toHaveLength(16 * 5);
    expect(visibleNodes(tree, { '0000:01:00.0': true })).toHaveLength(16 * 5 + 126);
  });

  it('keeps a function whose parent was not read', () => {
    const functions = INTEL_DESKTOP.functions.filter(({ bdf }) => bdf === '0000:01:00.0');
    const shown = visibleNodes(treeOf({ ...INTEL_DESKTOP, functions }), {});
    expect(shown.map(({ node }) => node.id)).toEqual(['bus 0000:00', '0000:01:00.0']);
  });

  it('shows each function once, whatever the parents say', () => {
    const functions = INTEL_DESKTOP.functions.map((fn) => ({ ...fn, parent: fn.bdf }));
    const shown = visibleNodes(treeOf({ ...INTEL_DESKTOP, functions }), {});
    expect(shown).toHaveLength(INTEL_DESKTOP.functions.length + 1);
  });
});
