import { expect, it } from 'vitest';
import type { Fixup } from './fixups.ts';
import { findHookEffects } from './hook-effects.ts';
import type { NamedKernel } from './kallsyms.ts';

const TYPES = {
  devFlagsOffset: 0x876,
  members: { acs_cap: 0xa1a, device: 0x3e, pcie_cap: 0x6c, pcie_flags_reg: 0x72 },
  deviceFlags: new Map([
    ['PCI_DEV_FLAGS_NO_D3', 2],
    ['PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT', 0x200],
  ]),
  deviceIdBytes: 40,
};
const SET_XLATE_ROOT = '808f7708000002';
const SET_UNNAMED = '808f7708000080';
const STORE = '6689877608000090';

/** One piece of code for each name, 0x40 bytes apart; `>name` calls that piece. */
function makeKernel(pieces: Readonly<Record<string, string>>): NamedKernel {
  const names = Object.keys(pieces);
  const addressOf = (name: string) => {
    const at = names.indexOf(name);
    return at < 0 ? undefined : at * 0x40;
  };
  const bytes = Buffer.alloc(names.length * 0x40, 0x90);
  for (const [name, text] of Object.entries(pieces)) {
    const at = addressOf(name) ?? 0;
    const target = addressOf(text.slice(1));
    if (!text.startsWith('>')) bytes.write(text, at + 8, 'hex');
    else bytes.writeInt32LE((target ?? 0) - (at + 13), bytes.fill(0xe8, at + 8, at + 9) && at + 9);
  }
  return {
    banner: '',
    memory: {
      bytes,
      architecture: 'x86_64',
      segments: [{ address: 0, offset: 0, size: bytes.length }],
      sections: new Map(),
    },
    symbols: {
      addressOf,
      functionsAt: (address) => names.filter((name) => addressOf(name) === address),
      nextAfter: (address) => (Math.floor(address / 0x40) + 1) * 0x40,
    },
  };
}

function effectsOf(hook: string, pieces: Readonly<Record<string, string>>) {
  const kernel = makeKernel(pieces);
  const fixup = { hook, hookAddress: kernel.symbols.addressOf(hook) ?? NaN } as Fixup;
  return findHookEffects(kernel, [fixup], TYPES).get(hook);
}

it.each([
  ['sets a flag', { hook: SET_XLATE_ROOT }, ['PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT']],
  ['sets a flag without a name', { hook: SET_UNNAMED }, ['0x8000']],
  ['stores flags that the code does not tell', { hook: STORE }, ['dev_flags']],
  ['adds an alias', { hook: '>pci_add_dma_alias', pci_add_dma_alias: '' }, ['pci_add_dma_alias']],
  [
    'does it in the unlikely part',
    { hook: '90', 'hook.cold': SET_XLATE_ROOT },
    ['PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT'],
  ],
  [
    'does it in a quirk function that it calls',
    { hook: '>quirk_more', quirk_more: '>pci_add_dma_alias', pci_add_dma_alias: '' },
    ['pci_add_dma_alias'],
  ],
  ['calls what other code calls too', { hook: '>pci_info', pci_info: SET_XLATE_ROOT }, undefined],
])('a hook that %s', (_name, pieces, effects) => {
  expect(effectsOf('hook', pieces as Readonly<Record<string, string>>)).toEqual(effects);
});
