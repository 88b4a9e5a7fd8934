import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { createCloneCodec } from './in-page/clone-codec.ts';
import { installIsolatedWorld, type IsolatedWorldOptions } from './in-page/isolated-world.ts';
import { installMainWorld } from './in-page/main-world.ts';

/** One message of the preload script. */
export interface PreloadMessage {
  readonly kind: 'invoke' | 'preload-failed';
  readonly id: number;
  readonly channel: string;
  readonly args: unknown[];
}

const WORLD = 'Electron Isolated Context';
const codec = createCloneCodec();

/** Connects the main process with the preload script of one page, through every reload. */
export class PreloadLink {
  readonly #cdp: CDPSession;
  readonly #contexts = new Set<number>();
  readonly #receiver = `receive_${randomUUID().replaceAll('-', '')}`;

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp;
  }

  /**
   * @param preload - Absolute path of the built preload script.
   * @param onMessage - Hears what the script sends.
   */
  static async open(
    page: Page,
    preload: string,
    onMessage: (message: PreloadMessage) => void,
  ): Promise<PreloadLink> {
    const link = new PreloadLink(await page.context().newCDPSession(page));
    await link.#install(preload, onMessage);
    return link;
  }

  /** Sends to the preload script; a page that has gone hears nothing. */
  async send(message: unknown): Promise<void> {
    const expression = `globalThis.${this.#receiver}?.(${JSON.stringify(codec.toText(message))})`;
    for (const contextId of this.#contexts) {
      await this.#cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
    }
  }

  async #install(preload: string, onMessage: (message: PreloadMessage) => void): Promise<void> {
    const binding = `send_${randomUUID().replaceAll('-', '')}`;
    this.#followContexts();
    this.#cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const isOurs = name === binding && this.#contexts.has(executionContextId);
      if (isOurs) onMessage(codec.fromText(payload) as PreloadMessage);
    });
    await this.#cdp.send('Runtime.enable');
    await this.#cdp.send('Page.enable');
    await this.#cdp.send('Runtime.addBinding', { name: binding, executionContextName: WORLD });
    await this.#runAtStart(preload, binding);
  }

  #followContexts(): void {
    this.#cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD) this.#contexts.add(context.id);
    });
    this.#cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#contexts.delete(executionContextId);
    });
    this.#cdp.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
  }

  async #runAtStart(preload: string, binding: string): Promise<void> {
    const channel = randomUUID();
    const options: IsolatedWorldOptions = {
      channel,
      binding,
      receiver: this.#receiver,
      preload: await readFile(preload, 'utf8'),
      preloadPath: preload,
    };
    await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${installMainWorld})(${JSON.stringify(channel)})`,
    });
    await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: `(${installIsolatedWorld})(${JSON.stringify(options)}, (${createCloneCodec})())`,
    });
  }
}
