import { forkProcess } from '../../backend/apart/fork-process.ts';
import { separateBackend } from '../../backend/apart/separate-backend.ts';
import { dataDir } from '../../backend/data-dir.ts';
import { startServer } from '../../serve/server.ts';
import { closeOnSignal } from '../../serve/until-signal.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print } from '../output.ts';
import { ASSETS_DIR, BACKEND_PROCESS, RENDERER_DIR, shippedVersion } from '../shipped.ts';

/**
 * The port where none is asked for: browsers keep settings by address, so that theme and layout
 * stay from one start to the next. When it is taken, any free one serves.
 */
const USUAL_PORT = 8917;

/** `airlock serve`: runs until it is interrupted. */
export async function serveVerb(portText: string | undefined): Promise<ExitStatus> {
  const port = Number(portText ?? USUAL_PORT);
  if (portText !== undefined && (!/^\d+$/.test(portText) || port > 65_535)) {
    complain({
      code: 'bad-port',
      message: `Not a port: ${JSON.stringify(portText)}. A port is a number from 0 to 65535`,
    });
    return 2;
  }
  const first = await serveOn(port);
  const isTaken = !first.ok && first.error.code === 'port-in-use' && portText === undefined;
  const server = isTaken ? await serveOn(0) : first;
  if (!server.ok) {
    complain(server.error);
    return 2;
  }
  print(`Airlock is ready at ${server.value.url}`);
  await closeOnSignal(server.value);
  return 0;
}

function serveOn(port: number) {
  return startServer({
    backendFactory: (emit) =>
      separateBackend(
        {
          shell: 'serve',
          assetsDir: ASSETS_DIR,
          version: shippedVersion(),
          dataDir: dataDir(),
          emit,
        },
        () => forkProcess(BACKEND_PROCESS),
      ),
    rendererDir: RENDERER_DIR,
    port,
  });
}
