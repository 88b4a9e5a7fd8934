import type { BootFacts } from '../../../shared/boot-facts.ts';
import type { BootDetection } from './detected.ts';
import { detectInitramfs } from './detect-initramfs.ts';
import { detectLoader } from './detect-loader.ts';

/** Says how a host boots, from its files. */
export function detectBoot(facts: BootFacts): BootDetection {
  return { initramfs: detectInitramfs(facts), loader: detectLoader(facts) };
}
