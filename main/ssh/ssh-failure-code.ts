import type { Failure } from '../../shared/result.ts';

/** Why a host cannot be reached, or did not do what it was asked. */
export type SshFailureCode =
  | 'bad-name'
  /** The program `ssh` is not on this computer. */
  | 'no-ssh'
  | 'unknown-key'
  | 'changed-key'
  /** No address belongs to the name. */
  | 'no-address'
  | 'refused'
  | 'no-route'
  | 'timeout'
  /** The host accepted none of the user's keys. */
  | 'denied'
  | 'lost'
  | 'no-shell'
  | 'no-command'
  | 'no-rights'
  | 'too-big'
  | 'failed'
  | 'cancelled';

export type SshFailure = Failure<SshFailureCode>;
