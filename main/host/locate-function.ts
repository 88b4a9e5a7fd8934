import type { Bdf } from '../../shared/bdf.ts';
import { parseDevicePlace, type DevicePlace } from './device-path.ts';
import { findDevicePaths } from './find-device-paths.ts';
import { directoryOf, lastComponent, resolveLink } from './link-target.ts';
import type { Source } from './source.ts';

/** The directory with one line per function: its address and a link to the function. */
export const PCI_DEVICES = 'sys/bus/pci/devices';

/** Where the files of a function lie. */
export interface Location {
  /** Without links, so that reading below it costs one look-up. */
  readonly path: string;
  /** `undefined` where the path says nothing about what is above the function. */
  readonly place: DevicePlace | undefined;
}

/** Finds the directories of functions; remembers what it learned about their parents. */
export class FunctionLocator {
  readonly #source: Source;
  readonly #places = new Map<string, DevicePlace | undefined>();
  #searched: ReadonlyMap<Bdf, string> | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Addresses found below `sys/devices`, for a tree without `sys/bus/pci/devices`. */
  searched(): ReadonlyMap<Bdf, string> {
    this.#searched ??= findDevicePaths(this.#source);
    return this.#searched;
  }

  /** @returns `undefined` when the function is gone: listed a moment ago, and now no link. */
  locate(bdf: Bdf): Location | undefined {
    const link = this.#source.readLink(`${PCI_DEVICES}/${bdf}`);
    if (link.ok) return this.#fromLink(bdf, link.value);
    if (this.#source.info.kind === 'live') return undefined;
    return this.#fromSearch(bdf);
  }

  #fromLink(bdf: Bdf, target: string): Location {
    const path = devicePathOf(target);
    if (path === undefined || lastComponent(path) !== bdf) return this.#fromSearch(bdf);
    return { path, place: this.#placeOf(directoryOf(path)) };
  }

  /** The tree holds a copy in place of the link, or none. */
  #fromSearch(bdf: Bdf): Location {
    const path = this.searched().get(bdf);
    if (path === undefined) return { path: `${PCI_DEVICES}/${bdf}`, place: undefined };
    return { path, place: this.#placeOf(directoryOf(path)) };
  }

  #placeOf(directory: string): DevicePlace | undefined {
    const known = this.#places.get(directory);
    if (known) return known;
    const place = parseDevicePlace(directory);
    this.#places.set(directory, place);
    return place;
  }
}

/** Some tools write links whole; what they mean is still in the tree. */
function devicePathOf(target: string): string | undefined {
  const isWhole = target.startsWith('/sys/devices/') && !target.includes('/../');
  return isWhole ? target.slice(1) : resolveLink(PCI_DEVICES, target);
}
