import { createBackend } from '../../backend/backend.ts';
import { startServer } from '../../serve/server.ts';
import { closeOnSignal } from '../../serve/until-signal.ts';
import type { ExitStatus } from '../command-line.ts';
import { complain, print } from '../output.ts';
import { ASSETS_DIR, RENDERER_DIR, shippedVersion } from '../shipped.ts';

/** `airlock serve`: runs until it is interrupted. */
export async function serveVerb(portText: string): Promise<ExitStatus> {
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) {
    complain({ code: 'bad-port', message: `Not a port: ${JSON.stringify(portText)}. A port is a number from 0 to 65535` });
    return 2;
  }
  const server = await startServer({
    backendFactory: (emit) =>
      createBackend({ shell: 'serve', assetsDir: ASSETS_DIR, version: shippedVersion(), emit }),
    rendererDir: RENDERER_DIR,
    port,
  });
  if (!server.ok) {
    complain(server.error);
    return 2;
  }
  print(`Airlock is ready at ${server.value.url}`);
  await closeOnSignal(server.value);
  return 0;
}
