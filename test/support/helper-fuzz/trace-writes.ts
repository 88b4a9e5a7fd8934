/** System calls that open, make, move or remove something by name, and those that start programs. */
export const TRACED_CALLS =
  'open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,' +
  'symlink,symlinkat,mknod,mknodat,truncate,chmod,fchmodat,?fchmodat2,chown,lchown,fchownat,utimensat,' +
  'mount,umount2,pivot_root,chroot,setxattr,lsetxattr,execve,execveat';

const CALL = /^\d+ +(\w+)\((.*)$/;
const OPENING = /^(open|openat|openat2)$/;
const STARTING = /^(execve|execveat)$/;
const WRITES = /\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b/;
const QUOTED = /(?:(\d+|AT_FDCWD)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g;

/** What a trace shows: every name that was to be written, and every program that was started. */
export interface TracedNames {
  readonly written: ReadonlySet<string>;
  readonly started: ReadonlySet<string>;
}

/**
 * Reads what `strace -f -y` wrote. Attempts count, failed ones too.
 *
 * @param root - The sandbox's root, which strace puts before the names of open folders.
 */
export function parseTrace(trace: string, root: string): TracedNames {
  const written = new Set<string>();
  const started = new Set<string>();
  // What enters the sandbox comes before its first shell.
  const inside = trace.slice(trace.indexOf(' execve("/bin/sh"'));
  for (const line of inside.split('\n').slice(1)) {
    const [, call = '', rest = ''] = CALL.exec(line) ?? [];
    if (call === '' || (OPENING.test(call) && !WRITES.test(rest))) continue;
    const names = STARTING.test(call) ? namesOf(rest, root).slice(0, 1) : namesOf(rest, root);
    for (const name of names) (STARTING.test(call) ? started : written).add(name);
  }
  return { written, started };
}

/** The names among the arguments of a call, absolute as seen inside. */
function namesOf(rest: string, root: string): readonly string[] {
  return [...rest.matchAll(QUOTED)].map(([, , below = '', name = '']) => {
    if (name.startsWith('/')) return name;
    const folder = below.startsWith(root) ? below.slice(root.length) : below;
    return `${folder === '/' ? '' : folder}/${name}`;
  });
}
