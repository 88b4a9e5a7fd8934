import type { BrowserContext, Request as PageRequest, Route } from 'playwright-core';
import { fromChromium } from './page-address.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (
  details: { readonly url: string },
  callback: (answer: { cancel?: boolean }) => void,
) => void;

/** What the application has said about requests: `protocol.handle` and `session.webRequest`. */
export const requestRules: {
  readonly protocols: Map<string, Handler>;
  beforeRequest: BeforeRequest | undefined;
} = { protocols: new Map(), beforeRequest: undefined };

/** Decides about one navigation that the page began; `false` stops it. */
export type NavigationGuard = (request: PageRequest, url: string) => boolean;

/** Sends every request of the pages through the application; none reaches a network. */
export async function routeRequests(
  context: BrowserContext,
  guard: NavigationGuard,
): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = fromChromium(request.url());
    if (request.isNavigationRequest() && !guard(request, url)) await route.abort('aborted');
    else if (isCancelled(url)) await route.abort('blockedbyclient');
    else await answer(route, url);
  });
}

function isCancelled(url: string): boolean {
  let cancel = false;
  requestRules.beforeRequest?.({ url }, (decision) => {
    cancel = decision.cancel ?? false;
  });
  return cancel;
}

async function answer(route: Route, url: string): Promise<void> {
  const handler = requestRules.protocols.get(new URL(url).protocol);
  if (!handler) {
    await route.abort('internetdisconnected');
    return;
  }
  const request = route.request();
  const response = await handler(new Request(url, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
