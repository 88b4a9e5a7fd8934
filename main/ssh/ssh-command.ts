import { destination, portOption, type SshTarget } from './ssh-target.ts';

/**
 * What holds whatever the user's configuration says: host keys are checked, nothing is forwarded,
 * nothing runs on this computer, and a silent host is given up after half a minute.
 *
 * @see ssh_config(5); the first value of an option counts, and the command line comes first
 */
const FIXED_OPTIONS = [
  'StrictHostKeyChecking=yes',
  'ConnectTimeout=15',
  'ServerAliveInterval=10',
  'ServerAliveCountMax=3',
  'ControlPersist=no',
  'ForwardAgent=no',
  'ForwardX11=no',
  'ClearAllForwardings=yes',
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  // Their sentences are what a failure is told by.
  'LogLevel=INFO',
].flatMap((option) => ['-o', option]);

/**
 * Arguments of the one `ssh` that connects. It asks questions on the terminal only where there is one.
 *
 * @param socket - Where later commands find the connection, in a private folder.
 */
export function masterArguments(
  target: SshTarget,
  socket: string,
  command: string,
  isInteractive: boolean,
): readonly string[] {
  const batch = `BatchMode=${isInteractive ? 'no' : 'yes'}`;
  const own = ['-M', '-o', batch, '-S', escaped(socket)];
  return [
    '-T',
    ...FIXED_OPTIONS,
    ...own,
    ...portOption(target),
    '--',
    destination(target),
    command,
  ];
}

/** Arguments of an `ssh` that runs a command over the connection, and never makes one itself. */
export function sharedArguments(
  target: SshTarget,
  socket: string,
  command: string,
): readonly string[] {
  const options = ['ControlMaster=no', 'BatchMode=yes', 'ProxyCommand=false'];
  const own = [...options.flatMap((option) => ['-o', option]), '-S', escaped(socket)];
  return [
    '-T',
    ...own,
    ...FIXED_OPTIONS,
    ...portOption(target),
    '--',
    destination(target),
    command,
  ];
}

/** ssh replaces percent tokens in the path of the socket. */
function escaped(path: string): string {
  return path.replaceAll('%', '%%');
}
