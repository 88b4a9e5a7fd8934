import type { ArgumentMechanism, InitramfsStack } from './boot-stacks.ts';

/** A file, and what it shows. */
export interface Evidence {
  /** Below the root, without a slash at the beginning. */
  readonly path: string;
  readonly shows: string;
}

/** What is installed, and which of it this host uses. */
export interface Detected<Name extends string> {
  /** Undefined where files do not tell. */
  readonly used: Name | undefined;
  /** Why this one, or why none can be named: one sentence. */
  readonly reason: string;
  readonly installed: readonly Name[];
  readonly evidence: readonly Evidence[];
}

export interface BootDetection {
  readonly initramfs: Detected<InitramfsStack>;
  readonly loader: Detected<ArgumentMechanism>;
}
