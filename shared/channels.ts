/**
 * The names of the contract, apart from its schemas: the sandboxed preload script is one small file
 * that must know every channel and must not carry zod into each window.
 *
 * `contract.ts` is checked against these lists by its types, so a channel that stands in one of the
 * two files only does not compile.
 */

/** Every channel of the contract, as `noun:verb`. */
export const channels = [
  'app:info',
  'host:open',
  'host:list',
  'host:get',
  'host:rescan',
  'host:watch',
  'host:close',
  'host:explain',
  'host:check',
  'host:whatif',
  'host:vm',
  'host:groups',
  'vm:export',
  'vm:lint',
  'vm:merge',
  'report:make',
  'report:export',
  'redact:preview',
  'redact:export',
  'plan:make',
  'plan:export',
  'plan:apply',
  'receipt:list',
  'receipt:confirm',
  'receipt:undo',
  'receipt:recover',
  'job:cancel',
  'sample:list',
  'recent:list',
  'recent:forget',
  'dialog:open-file',
  'library:list',
  'library:show',
  'library:import',
  'library:change',
  'library:export',
  'library:remove',
  'host:compare',
  'doctor:read',
] as const;

/** Every event that the backend sends without being asked. */
export const eventNames = ['job:progress', 'helper:progress', 'host:changed'] as const;

export type Channel = (typeof channels)[number];
export type EventName = (typeof eventNames)[number];

/** `host:open` becomes `hostOpen`. */
export type MethodName<C extends string> = C extends `${infer Noun}:${infer Verb}`
  ? `${Noun}${Capital<Verb>}`
  : never;
type Capital<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Capital<Tail>}`
  : Capitalize<Text>;

/**
 * Turns a channel name into the name of its function.
 *
 * @param channel - A channel of the contract: `dialog:open-file`.
 * @returns The name that `MethodName` gives it as a type: `dialogOpenFile`.
 */
export function methodName<C extends Channel>(channel: C): MethodName<C> {
  return channel.replace(/[:-]([a-z])/g, (_all, letter: string) =>
    letter.toUpperCase(),
  ) as MethodName<C>;
}
