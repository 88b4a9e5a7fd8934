import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, type RunningServer } from '../../main/serve/server.ts';
import { createFakeBackend, type Answers, type FakeBackend } from './fake-backend.ts';

export interface ServeFixture {
  readonly server: RunningServer;
  readonly backend: FakeBackend;
  readonly url: string;
  readonly rendererDir: string;
  end(): Promise<void>;
}

/** Starts a server over a small page and a fake backend. */
export async function serveFixture(answers: Answers = {}): Promise<ServeFixture> {
  const folder = mkdtempSync(path.join(tmpdir(), 'airlock-serve-'));
  const rendererDir = writePage(folder);
  let backend: FakeBackend | undefined;
  const started = await startServer({
    rendererDir,
    backendFactory: (emit) => (backend = createFakeBackend(emit, answers)),
  });
  if (!started.ok || !backend) throw new Error('The server did not start');
  const server = started.value;
  const end = async (): Promise<void> => {
    await server.close();
    rmSync(folder, { recursive: true });
  };
  return { server, backend, url: server.url, rendererDir, end };
}

/** A page with an asset, beside a file that must stay private, which a link points at. */
function writePage(folder: string): string {
  const rendererDir = path.join(folder, 'renderer');
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'private');
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(path.join(rendererDir, 'assets', 'main-1a2b3c.js'), 'export {};');
  writeFileSync(path.join(rendererDir, 'main.ts'), 'source');
  symlinkSync('../secret.txt', path.join(rendererDir, 'link.txt'));
  return rendererDir;
}
