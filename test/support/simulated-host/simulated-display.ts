import {
  computedFolder,
  ERRNO,
  folder,
  textFile,
  type VirtualFile,
  type VirtualNode,
} from './virtual-tree.ts';

type Takes = (path: string, act: (text: string) => number | Promise<number>) => VirtualFile;

/** A console of `/sys/class/vtconsole`. */
interface SimulatedConsole {
  /** As the kernel names it: `(M) frame buffer device`. */
  readonly name: string;
  isBound: boolean;
}

/**
 * The kernel's side of a display, for tests: consoles, and the framebuffers that firmware set up as
 * devices of the platform bus.
 *
 * @see Linux v6.12 drivers/tty/vt/vt.c, `store_bind()`; drivers/firmware/sysfb.c
 */
export class SimulatedDisplay {
  readonly consoles = new Map<string, SimulatedConsole>();
  /** Device to its driver, which may be none. */
  readonly framebuffers = new Map<string, string | undefined>();
  /** Paths of writes that do not come back before `release`, and of writes that fail. */
  readonly stuck = new Set<string>();
  readonly refused = new Set<string>();

  readonly #takes: Takes;
  readonly #released = Promise.withResolvers<number>();

  constructor(takes: Takes) {
    this.#takes = takes;
  }

  /** Lets stuck writes fail: nothing can end the process of one before. */
  release(): void {
    this.stuck.clear();
    this.#released.resolve(-ERRNO.EBUSY);
  }

  vtconsoles(): VirtualNode {
    return computedFolder(() =>
      [...this.consoles].map(([id, one]) => [id, this.#console(id, one)]),
    );
  }

  platform(): VirtualNode {
    return folder({
      devices: computedFolder(() => [...this.framebuffers.keys()].map((id) => [id, folder({})])),
      drivers: computedFolder(() =>
        [...this.framebuffers.keys()].map((id) => {
          const driver = id.replace(/\.\d+$/, '');
          return [driver, this.#driver(driver)] as const;
        }),
      ),
    });
  }

  /** Whether anything draws on the card: each console, each framebuffer. */
  get shown(): readonly string[] {
    const consoles = [...this.consoles].filter(([, { isBound }]) => isBound).map(([id]) => id);
    const bound = [...this.framebuffers].filter(([, driver]) => driver !== undefined);
    return [...consoles, ...bound.map(([id]) => id)];
  }

  #console(id: string, console: SimulatedConsole): VirtualNode {
    const path = `${id}/bind`;
    const write = this.#faulty(path, (text) => {
      console.isBound = text === '1';
      return 0;
    });
    return folder({
      name: textFile(() => `${console.name}\n`),
      bind: { kind: 'file', read: () => `${console.isBound ? 1 : 0}\n`, write },
    });
  }

  #driver(driver: string): VirtualNode {
    const set = (to: string | undefined) => (id: string) => {
      if (!this.framebuffers.has(id)) return -ERRNO.ENODEV;
      this.framebuffers.set(id, to);
      return 0;
    };
    const bound = [...this.framebuffers].filter(([, by]) => by === driver);
    return folder({
      bind: { kind: 'file', write: this.#faulty(`${driver}/bind`, set(driver)) },
      unbind: { kind: 'file', write: this.#faulty(`${driver}/unbind`, set(undefined)) },
      ...Object.fromEntries(bound.map(([id]) => [id, folder({})])),
    });
  }

  #faulty(path: string, act: (text: string) => number): NonNullable<VirtualFile['write']> {
    const write = this.#takes(path, (text) => {
      if (this.stuck.has(path)) return this.#released.promise;
      return this.refused.has(path) ? -ERRNO.EBUSY : act(text);
    }).write;
    if (write === undefined) throw new Error(`Nothing takes writes to ${path}`);
    return write;
  }
}
