/** A kernel version as far as it is known. */
export interface KernelVersion {
  readonly major: number;
  readonly minor: number;
  /** `undefined` where a distribution hides it behind its own number (`6.8.0-45-generic`). */
  readonly patch: number | undefined;
}

/** Behind the number of the build; the compiler before it may be one of Debian too. */
const DEBIAN_PACKAGE = /#\d.* Debian (\d+)\.(\d+)\.(\d+)/;
const RELEASE = /^(\d+)\.(\d+)(?:\.(\d+))?(.*)$/;
/** `-45-generic`, `-503.el9`: a distribution's own counter; the third number then stays 0. */
const DISTRIBUTION_COUNTER = /^-\d/;

/**
 * Reads a kernel version.
 *
 * @param release - `uname -r`, for example `6.12.107+deb13-amd64`.
 * @param versionText - `proc/version`; Debian names the real version only there.
 * @returns `undefined` when the text does not start with two numbers.
 */
export function parseKernelVersion(
  release: string,
  versionText?: string,
): KernelVersion | undefined {
  const debian = versionText === undefined ? null : DEBIAN_PACKAGE.exec(versionText);
  if (debian) return numbers(debian[1], debian[2], debian[3]);
  const match = RELEASE.exec(release.trim());
  if (!match) return undefined;
  const hidesPatch = match[3] === '0' && DISTRIBUTION_COUNTER.test(match[4] ?? '');
  return numbers(match[1], match[2], hidesPatch ? undefined : (match[3] ?? '0'));
}

/** Orders by major and minor number only: below 0, 0 or above 0. */
export function compareSeries(a: KernelVersion, b: KernelVersion): number {
  return a.major - b.major || a.minor - b.minor;
}

/** Whether the kernel is of that series or newer. */
export function isAtLeast(version: KernelVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

function numbers(
  major: string | undefined,
  minor: string | undefined,
  patch: string | undefined,
): KernelVersion {
  return {
    major: Number(major),
    minor: Number(minor),
    patch: patch === undefined ? undefined : Number(patch),
  };
}
