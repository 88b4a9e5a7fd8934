import type { RemoteSession } from '../../shared/network.ts';

/** What `os.networkInterfaces()` says, as far as it is needed here. */
export type InterfaceAddresses = Readonly<
  Record<string, readonly { readonly address: string }[] | undefined>
>;

/**
 * The SSH connection that this process runs in.
 *
 * @param variable - `SSH_CONNECTION`: the client's address and port, then this host's. sudo keeps
 *   it only where it is told to, so its absence proves little.
 * @param interfaces - Interfaces of this host with their addresses.
 * @returns `undefined` where the variable is not set or holds something else.
 * @see sshd(8), "ENVIRONMENT" of ssh(1)
 */
export function sshSession(
  variable: string | undefined,
  interfaces: InterfaceAddresses,
): RemoteSession | undefined {
  const localAddress = variable
    ?.split(' ')[2]
    ?.replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  if (localAddress === undefined || localAddress === '') return undefined;
  const interfaceName = Object.keys(interfaces).find((name) =>
    interfaces[name]?.some(({ address }) => address === localAddress),
  );
  return { localAddress, interfaceName };
}
