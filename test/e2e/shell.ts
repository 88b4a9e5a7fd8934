import { test as base } from '@playwright/test';
import { launchElectron } from './launch-electron.ts';
import { launchServe } from './launch-serve.ts';
import { launchStandIn } from './launch-stand-in.ts';
import type { Shell, ShellKind } from './running-shell.ts';

export interface ShellOptions {
  readonly shellKind: ShellKind;
}

/** `shell` starts the application of the project that runs; each test has its own. */
export const test = base.extend<ShellOptions & { readonly shell: Shell }>({
  shellKind: ['serve', { option: true }],
  shell: async ({ shellKind }, use) => {
    const shell = await launch(shellKind);
    await use(shell);
    await shell.close();
  },
});

async function launch(kind: ShellKind): Promise<Shell> {
  switch (kind) {
    case 'serve':
      return launchServe();
    case 'stand-in':
      return launchStandIn();
    case 'electron':
      return launchElectron();
  }
}
