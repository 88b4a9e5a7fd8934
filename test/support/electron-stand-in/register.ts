import { registerHooks } from 'node:module';
import { listenToTest } from './control.ts';

/**
 * `node --import ./test/support/electron-stand-in/register.ts out/main/index.js` runs the built main
 * process with the stand-in for `electron`, in the folder of package.json.
 */
const standIn = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, shortCircuit: true, format: 'module-typescript' }
      : next(specifier, context),
});

// The application refuses to be root because of Chromium's sandbox, which is off here anyway.
const uid = Number(process.env['AIRLOCK_STAND_IN_UID'] ?? 1000);
process.getuid = () => uid;

listenToTest();
