import { DOMAIN_MENDS } from './domain-mends.ts';
import { scanXml } from './scan-xml.ts';
import { applyEdits } from './text-edit.ts';

/**
 * Corrects in the text of a libvirt domain what needs no choice; comments, order and all else stay
 * as they are.
 *
 * @param text - A domain that was read before.
 * @param codesOf - The codes that a text has; asked again before each change, because one change may
 *   bring another code: functions that were put together need their first marked.
 */
export function mendDomain(text: string, codesOf: (text: string) => ReadonlySet<string>): string {
  return DOMAIN_MENDS.reduce((kept, [code, mend]) => {
    const domain = scanXml(kept).find(({ name }) => name === 'domain');
    if (domain === undefined || !codesOf(kept).has(code)) return kept;
    return applyEdits(kept, mend(kept, domain));
  }, text);
}
