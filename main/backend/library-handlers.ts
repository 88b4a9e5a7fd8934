import type { Channel } from '../../shared/contract.ts';
import type { Handlers } from './session.ts';

type LibraryChannel = Extract<Channel, `library:${string}`>;

/** The native module of the database is loaded by who uses the library. */
const requests = () => import('./library-requests.ts');

/** The channels about what is kept. */
export const libraryHandlers: Handlers<LibraryChannel> = {
  'library:list': async (session, args) => (await requests()).listRequested(session, args),
  'library:show': async (session, args) => (await requests()).showRequested(session, args),
  'library:import': async (session, args) => (await requests()).importRequested(session, args),
  'library:change': async (session, args) => (await requests()).changeRequested(session, args),
  'library:export': async (session, args) => (await requests()).exportRequested(session, args),
  'library:remove': async (session, args) => (await requests()).removeRequested(session, args),
};
