import type { FramebufferFacts, FramebufferRange } from '../../shared/seat.ts';
import type { Bdf } from '../../shared/bdf.ts';
import { exactBdf } from './device-path.ts';

const LINE = /^( *)([0-9a-f]{1,16})-([0-9a-f]{1,16}) : (.*)$/;

/** Names under which drivers of the firmware's picture reserve its memory. */
const FRAMEBUFFER = /^(BOOTFB|efifb|vesafb|simplefb|simpledrm|simple-framebuffer)/;

/**
 * Finds firmware framebuffers in `/proc/iomem`, whose lines are indented below what holds them.
 *
 * @returns `hasAddresses` false where every address is zero, which is what the kernel prints for a
 *   reader without CAP_SYS_ADMIN. Names and nesting stay.
 * @see Linux kernel/resource.c, `r_show()`; drivers/firmware/sysfb_simplefb.c
 */
export function parseIomem(text: string): FramebufferFacts {
  const above: { depth: number; bdf: Bdf | undefined }[] = [];
  const ranges: FramebufferRange[] = [];
  let hasAddresses = false;
  for (const line of text.split('\n')) {
    const [, indent = '', start = '', end = '', name = ''] = LINE.exec(line) ?? [];
    if (start === '') continue;
    if (/[1-9a-f]/.test(start + end)) hasAddresses = true;
    while ((above.at(-1)?.depth ?? -1) >= indent.length) above.pop();
    if (FRAMEBUFFER.test(name)) {
      const within = above.findLast(({ bdf }) => bdf !== undefined)?.bdf;
      ranges.push({ holder: name, within, startAddress: hex(start), endAddress: hex(end) });
    }
    above.push({ depth: indent.length, bdf: exactBdf(name) });
  }
  return { ranges, hasAddresses };
}

function hex(digits: string): string {
  return `0x${digits.replace(/^0+(?=.)/, '')}`;
}
