import type { FactSheet } from './fact-sheet.ts';
import { stateFile } from './host-files.ts';
import type { LineReader } from './line-reader.ts';

/**
 * Reads single lines about the host that people paste beside the rest: `/proc/cmdline`, `uname -a`,
 * and of `lscpu` the vendor of the processor.
 */
export function systemTextReader(sheet: FactSheet): LineReader {
  return {
    kind: 'system-text',
    begins: (line) => find(line) !== undefined,
    take: ({ text }) => {
      const found = find(text);
      if (found) stateFile(sheet, found.path, found.content);
      return found !== undefined;
    },
    end: () => undefined,
  };
}

interface HostFile {
  readonly path: string;
  readonly content: string;
}

function find(line: string): HostFile | undefined {
  const text = line.trim();
  if (/^(BOOT_IMAGE|initrd)=\S+ .*\broot=/.test(text))
    return { path: 'proc/cmdline', content: text };
  if (/^Linux version \d+\.\d+/.test(text)) return { path: 'proc/version', content: text };
  const release = /^Linux \S+ (\d+\.\d+\.\d+\S*) #/.exec(text)?.[1];
  if (release !== undefined) return { path: 'proc/sys/kernel/osrelease', content: release };
  const vendor = /^Vendor ID:\s+(GenuineIntel|AuthenticAMD|HygonGenuine)$/.exec(text)?.[1];
  if (vendor !== undefined) return { path: 'proc/cpuinfo', content: `vendor_id\t: ${vendor}` };
  return undefined;
}
