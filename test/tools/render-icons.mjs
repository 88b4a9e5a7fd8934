// @ts-check
/**
 * Renders `assets/linux/airlock.svg` to the PNG files that packages install.
 *
 *     node test/tools/render-icons.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../support/chromium-flags.ts';

const LINUX = path.join(import.meta.dirname, '../../assets/linux');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

const svg = readFileSync(path.join(LINUX, 'airlock.svg'), 'utf8');
const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags() });
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>*{margin:0}</style><img src="${image}" width="${size}" height="${size}">`,
  );
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(path.join(LINUX, 'icons', `${size}x${size}.png`), png);
  await page.close();
}
await browser.close();
