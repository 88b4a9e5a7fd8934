import { spawn, type ChildProcess } from 'node:child_process';
import { chromium, type Page } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../support/chromium-flags.ts';

/** How the picture of a large host behaves in Chromium, drawn without a graphics processor. */
export interface PictureTimes {
  /** From the click on the tab to the first node; package, worker and layout included. */
  readonly firstMs: number;
  /** From one click to the last node, with every bundle open. */
  readonly openAllMs: number;
  /** While the picture is pulled about: as at first, and with everything open. */
  readonly panning: Frames;
  readonly panningOpen: Frames;
  /** The longest task that kept the window from answering, in the order of the steps above. */
  readonly longestTasksMs: readonly number[];
}

interface Frames {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
}

const VIEWPORT = { width: 1600, height: 1000 };
/** Frames of one pull: two seconds at sixty frames. */
const PULLS = 120;

/** Opens a tree in serve mode and looks at its picture. */
export async function pictureTimes(airlock: string, tree: string): Promise<PictureTimes> {
  const server = spawn(process.execPath, [airlock, 'serve', '--port', '0']);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: chromiumFlags(),
  });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, reducedMotion: 'reduce' });
    await page.goto(await addressOf(server));
    await openTree(page, tree);
    await watchTasks(page);
    return await look(page);
  } finally {
    await browser.close();
    server.kill();
  }
}

async function look(page: Page): Promise<PictureTimes> {
  const longestTasksMs: number[] = [];
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    const result = await act();
    longestTasksMs.push(await longestTask(page));
    return result;
  };
  const firstMs = await step(async () => {
    const startMs = performance.now();
    await page.getByRole('tab', { name: 'Topology' }).click();
    await page.locator('.picture-node').first().waitFor();
    return performance.now() - startMs;
  });
  const panning = await step(() => pull(page));
  const openAllMs = await step(async () => {
    const startMs = performance.now();
    await page.getByRole('button', { name: 'Open everything' }).click();
    await page.locator('.picture-node[data-kind=shares][data-open=true]').first().waitFor();
    return performance.now() - startMs;
  });
  const panningOpen = await step(() => pull(page));
  return { firstMs, panning, openAllMs, panningOpen, longestTasksMs };
}

async function openTree(page: Page, tree: string): Promise<void> {
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await page.getByRole('button', { name: 'Open file', exact: true }).click();
  await page.getByLabel('Path of an archive or a folder').fill(tree);
  await page.getByRole('button', { name: 'Open path' }).click();
  await page.getByRole('tab', { name: /Groups.*\d,\d{3}/ }).waitFor();
}

async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { longTasks: seen });
    new PerformanceObserver((list) => {
      seen.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });
}

/** The longest since the last question; 0 where none took 50 milliseconds. */
async function longestTask(page: Page): Promise<number> {
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    const seen = (window as unknown as { longTasks: number[] }).longTasks;
    return Math.max(0, ...seen.splice(0));
  });
}

/** Pulls the picture about and measures the time between frames. */
async function pull(page: Page): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times });
    const note = (atMs: number) => {
      times.push(atMs);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  const [x, y] = [VIEWPORT.width / 2, VIEWPORT.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let at = 0; at < PULLS; at++) await page.mouse.move(x - 3 * at, y - 2 * at);
  await page.mouse.up();
  const times = await page.evaluate(
    () => (window as unknown as { frameTimes: number[] }).frameTimes,
  );
  const frames = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs));
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', () => reject(new Error(`airlock serve ended: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\S+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}
