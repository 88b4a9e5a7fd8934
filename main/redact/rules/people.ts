import { replaceIn } from './serials.ts';
import type { TokenBook } from '../token-book.ts';

/** Where a line names a host or a user, whatever the name is. */
interface Context {
  readonly kind: 'host' | 'user';
  /** Two groups: what introduces the name, and the name. */
  readonly pattern: RegExp;
}

const NAME = '[\\w.-]+';
/** What pasting puts before a line: numbers, marks of quoting. */
const PASTED = '(?:\\d+[.:|)]?[ \\t]+)?(?:> ?)*';
const SYSLOG_TIME =
  '(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,]+(?:Z|[+-]\\d\\d:?\\d\\d)?)';
/** The rest of a prompt, so that an address of mail is none. */
const PROMPT_END = '(?=[ :][^$#%>\\r\\n]{0,120}[$#%>](?:[ \\t\\r\\n]|$))';

const CONTEXTS: readonly Context[] = [
  context('user', `^(${PASTED}\\[?)(${NAME})(?=@${NAME}[ :][^$#%>\\r\\n]{0,120}[$#%>])`),
  context('host', `^(${PASTED}\\[?[^ @\\t]+@)(${NAME})${PROMPT_END}`),
  context('host', `^(${PASTED}${SYSLOG_TIME} )(${NAME})(?= [^ :\\[]+(?:\\[\\d+\\])?:)`),
  context('host', `(\\bLinux )(${NAME})(?= \\d+\\.\\d+[^ ]* (?:#\\d|SMP|PREEMPT))`),
  context('host', `(\\b(?:hostname|nodename)["']?[ \\t]*[:=][ \\t]*["']?)(${NAME})`, 'gi'),
  context('host', `(\\bhostname (?:set )?to <)(${NAME})(?=>)`, 'gi'),
  context('user', `((?<![\\w.-])/(?:home|Users)/)([^/ \\t\\r\\n\\0"'<>,;:()\\\\]+)`, 'g'),
  context('user', `(\\b(?:USER|LOGNAME|SUDO_USER)=["']?)([\\w.-]+)`, 'g'),
  context('user', `(\\buid=\\d{4,}\\()([\\w.-]+)(?=\\))`, 'g'),
  context('user', `(\\bgid=\\d{4,}\\()([\\w.-]+)(?=\\))`, 'g'),
  context('user', `(\\bsudo(?:\\[\\d+\\])?:[ ]+)([\\w.-]+)(?= : )`),
  context('user', `(\\b(?:for|of) (?:invalid )?user )([\\w.-]+)`, 'g'),
  context('user', `(\\bAccepted \\w+ for )([\\w.-]+)(?= from )`),
  // A line of /etc/passwd of a person: users of the system have smaller numbers.
  context('user', `^()([\\w.-]+)(?=:[^:]*:(?!65534:)\\d{4,}:\\d+:)`),
  context('user', `^([^:]+:[^:]*:(?!65534:)\\d{4,}:\\d+:)([^:\\r\\n]+)(?=:)`),
];
const SOME_CONTEXT =
  /@|\bLinux |hostname|nodename|\/home\/|\/Users\/|USER|LOGNAME|[ug]id=|sudo| user |Accepted|^(?:\d+[.:|)]?[ \t]+)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\d)|:\d{4,}:\d+:/;

/** Users of the system, and names of hosts that mean no host. */
const NOBODY =
  /^(root|nobody|daemon|localhost.*|none|n\/a|qemu|libvirt-qemu|www-data|messagebus|systemd-.*|gdm|sddm|lightdm|lost\+found|kernel|linux|mail|ftp|\d[\d.]*|true|false|null|set|unset)$/i;

/** Replaces names of hosts and users where the form of a line shows them. */
export function replacePeople(line: string, book: TokenBook): string {
  return eachName(line, (kind, name) => book.token(kind, name, nameKey(kind, name)));
}

/** Calls with each name that the form of a line shows. */
export function findPeople(line: string, found: (kind: 'host' | 'user', name: string) => void) {
  eachName(line, (kind, name) => {
    found(kind, name);
    return name;
  });
}

/** A host has one token, with its domain or without. */
export function nameKey(kind: 'host' | 'user', name: string): string {
  const low = name.toLowerCase();
  return kind === 'host' ? low.replace(/\..*$/, '') : low;
}

function eachName(line: string, judge: (kind: 'host' | 'user', name: string) => string): string {
  if (!SOME_CONTEXT.test(line)) return line;
  let out = line;
  for (const { kind, pattern } of CONTEXTS) {
    out = replaceIn(out, pattern, (name) => {
      const bare = name.replace(/[.-]+$/, '');
      const isName = bare !== '' && !NOBODY.test(bare);
      return isName ? judge(kind, bare) + name.slice(bare.length) : name;
    });
  }
  return out;
}

function context(kind: Context['kind'], pattern: string, flags = ''): Context {
  return { kind, pattern: new RegExp(pattern, flags) };
}
