import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  HandlerDetails,
  IpcMainInvokeEvent,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron';
import type { Frame, Page, Request as PageRequest } from 'playwright-core';
import { app } from './application.ts';
import { useChromium } from './chromium.ts';
import { handleInvoke } from './ipc-main.ts';
import { fromChromium, toChromium } from './page-address.ts';
import { routeRequests } from './page-requests.ts';
import { PreloadLink, type PreloadMessage } from './preload-link.ts';
import { recorded } from './recorded.ts';

/** Stands in for the `WebContents` of one window. */
class WebContents extends EventEmitter {
  readonly #window: BrowserWindow;
  windowOpenHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | undefined;

  constructor(window: BrowserWindow) {
    super();
    this.#window = window;
  }

  get mainFrame(): { readonly url: string; readonly parent: null } {
    return { url: fromChromium(this.#window.page?.url() ?? ''), parent: null };
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.windowOpenHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#window.sendToPreload({ kind: 'event', channel, args });
  }
}

/** Stands in for `BrowserWindow`: a tab of a headless Chromium. */
export class BrowserWindow extends EventEmitter {
  static readonly #open = new Set<BrowserWindow>();
  readonly webContents: WebContents;
  readonly #opened: Promise<Page>;
  page: Page | undefined;
  #link: PreloadLink | undefined;
  readonly #loaded = Promise.withResolvers<void>();
  #loadingUrl: string | undefined;

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#open];
  }

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    const { preload } = safePreferences(options.webPreferences);
    const size = { width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = new WebContents(this);
    BrowserWindow.#open.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.#opened = this.#openPage(preload, size);
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opened;
    this.#loadingUrl = url;
    await page.goto(toChromium(url));
    this.#loadingUrl = undefined;
    this.#loaded.resolve();
  }

  /** Resolves when the application has loaded its page: a test that acts earlier races with it. */
  async loaded(): Promise<void> {
    return this.#loaded.promise;
  }

  async sendToPreload(message: unknown): Promise<void> {
    await this.#link?.send(message);
  }

  show(): void {
    this.emit('show');
  }

  focus(): void {
    this.emit('focus');
  }

  restore(): void {
    this.emit('restore');
  }

  isDestroyed(): boolean {
    return this.page?.isClosed() ?? false;
  }

  isMinimized(): boolean {
    return false;
  }

  reload(): void {
    void this.page?.reload();
  }

  async #openPage(preload: string, size: { width: number; height: number }): Promise<Page> {
    const { context } = await useChromium();
    const page = context.pages()[0] ?? (await context.newPage());
    this.page = page;
    await page.setViewportSize(size);
    await routeRequests(context, (request, url) => this.#mayNavigate(request, url));
    this.#link = await PreloadLink.open(page, preload, (message) => void this.#answer(message));
    this.#forwardEvents(page);
    await this.#watchNewWindows(page);
    return page;
  }

  #forwardEvents(page: Page): void {
    page.on('load', () => this.emit('ready-to-show'));
    page.on('crash', () => {
      this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    page.on('close', () => {
      BrowserWindow.#open.delete(this);
      this.emit('closed');
      if (BrowserWindow.#open.size === 0) app.emit('window-all-closed');
    });
  }

  /** The stand-in supports the answer "deny" only: a window that opens all the same is closed. */
  async #watchNewWindows(page: Page): Promise<void> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.enable');
    cdp.on('Page.windowOpen', ({ url }) => {
      const details = { url: fromChromium(url) } as HandlerDetails;
      const action = this.webContents.windowOpenHandler?.(details).action ?? 'allow';
      if (action === 'deny') recorded.deniedWindows.push(details.url);
    });
    page.on('popup', (popup) => void popup.close().catch(() => undefined));
  }

  /** Electron asks the application about what the page begins, not about what `loadURL` begins. */
  #mayNavigate(request: PageRequest, url: string): boolean {
    if (url === this.#loadingUrl) return true;
    let isPrevented = false;
    const event = { url, preventDefault: () => (isPrevented = true) };
    const frame = frameOf(request);
    if (!frame) return false;
    if (frame === this.page?.mainFrame()) this.webContents.emit('will-navigate', event);
    this.webContents.emit('will-frame-navigate', event);
    if (isPrevented) recorded.deniedNavigations.push(url);
    return !isPrevented;
  }

  async #answer(message: PreloadMessage): Promise<void> {
    const { kind, id, channel, args } = message;
    if (kind === 'preload-failed') {
      process.stderr.write(`Unable to load preload script: ${String(args[0])}\n`);
      return;
    }
    const sender = this.webContents;
    const event = { sender, senderFrame: sender.mainFrame } as unknown as IpcMainInvokeEvent;
    try {
      const value = await handleInvoke(event, channel, args);
      await this.sendToPreload({ kind: 'answer', id, value });
    } catch (error) {
      const text = `Error invoking remote method '${channel}': ${String(error)}`;
      await this.sendToPreload({ kind: 'answer', id, error: text });
    }
  }
}

/** The frame that navigates; `undefined` for the first request of a new window. */
function frameOf(request: PageRequest): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

/** The stand-in has no sandbox to show what a weaker window could do, so it refuses to open one. */
function safePreferences(given: WebPreferences = {}): { preload: string } {
  const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, preload } = given;
  const isSafe =
    sandbox === true &&
    contextIsolation === true &&
    nodeIntegration === false &&
    webSecurity === true &&
    webviewTag === false;
  if (!isSafe || preload === undefined) throw new Error('The window is not locked down');
  return { preload };
}
