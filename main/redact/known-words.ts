import { findPeople, nameKey } from './rules/people.ts';
import { replaceEach } from './replace-each.ts';
import type { TokenBook } from './token-book.ts';

type WordKind = 'host' | 'user' | 'if';

/** Names of hosts and users that are words of the field: they are replaced where the form shows
 * them, and not wherever the word stands. The collector has the same list for hosts. */
const COMMON = new Set(
  `localhost localdomain none debian ubuntu fedora arch archlinux linux nixos gentoo proxmox pve
  unraid tower truenas freenas opensuse suse rocky alma centos rhel void alpine mint server desktop
  laptop host home node root kvm qemu box nas test kernel intel amd nvidia vfio pci iommu boot grub
  zfs rpool data user admin guest local lan domain main system service network storage video audio
  usb sata nvme disk gpu cpu core xeon ryzen epyc threadripper radeon geforce aspeed broadcom
  realtek samsung asus msi dell lenovo supermicro gigabyte asrock live iso default bridge group
  device driver port controller pc workstation media docker vm win windows gaming backup public
  private shared lib bin opt etc var tmp run sys proc dev mnt git build builder install installer
  info debug error warning notice bus bar irq mem acpi efi bios uefi vga audio hdmi`.split(/\s+/),
);
const MIN_WORD = 3;
const MAX_WORDS = 256;
const MAX_VERSIONS = 1000;
const MAC_DIGITS = /(?:^|[^0-9a-f])[0-9a-f]{12}(?:[^0-9a-f]|$)/i;

/** What is learned from the whole source before anything is replaced. */
export class KnownWords {
  readonly #words = new Map<string, { readonly kind: WordKind; readonly key: string }>();
  readonly #versions = new Set<string>();
  readonly #interfaces = new Set<string>();
  #pattern: RegExp | undefined;

  /** Learns the names that one line of a text shows by its form. */
  learn(line: string): void {
    findPeople(line, (kind, name) => this.add(kind, name));
  }

  /** Learns four numbers that are a version, wherever they stand. */
  addVersion(version: string): void {
    if (this.#versions.size < MAX_VERSIONS) this.#versions.add(version);
  }

  /** A name that stands where only such a name can: `/etc/hostname`, a folder below `/home`. */
  add(kind: 'host' | 'user', name: string): void {
    const low = name.toLowerCase();
    const key = nameKey(kind, name);
    const domain = kind === 'host' ? low.slice(key.length + 1) : '';
    if (domain !== '' && /[a-z]/.test(domain)) {
      this.#addWord(kind, low, key);
      // A single word (lan, local) names nothing.
      if (domain.includes('.')) this.#addWord(kind, domain, domain);
    }
    this.#addWord(kind, key, key);
    // Device mapper doubles the dashes of a name.
    if (key.includes('-')) this.#addWord(kind, key.replaceAll('-', '--'), key);
  }

  /** A network interface; one whose name holds a hardware address or the host is replaced. */
  addInterface(name: string): void {
    if (this.#interfaces.size < MAX_WORDS) this.#interfaces.add(name.toLowerCase());
  }

  isVersion(text: string): boolean {
    return this.#versions.has(text);
  }

  /** Replaces every known word, in any case, where it stands alone. */
  replace(line: string, book: TokenBook, kinds: readonly WordKind[]): string {
    const pattern = (this.#pattern ??= this.#compile());
    if (!pattern.test(line)) return line;
    return replaceEach(line, new RegExp(pattern, 'gi'), (match) => {
      const word = this.#words.get(match.toLowerCase());
      return word && kinds.includes(word.kind) ? book.token(word.kind, match, word.key) : match;
    });
  }

  #addWord(kind: WordKind, word: string, key: string): void {
    if (word.length < MIN_WORD || /^[\d.]+$/.test(word) || COMMON.has(word)) return;
    if (this.#words.size >= MAX_WORDS || this.#words.has(word)) return;
    this.#words.set(word, { kind, key });
    this.#pattern = undefined;
  }

  #compile(): RegExp {
    for (const name of this.#interfaces) {
      const isNamedByHost = [...this.#words].some(
        ([word, { kind }]) => kind === 'host' && holdsWord(name, word),
      );
      if (MAC_DIGITS.test(name) || isNamedByHost) this.#words.set(name, { kind: 'if', key: name });
    }
    const words = [...this.#words.keys()].toSorted((a, b) => b.length - a.length);
    if (words.length === 0) return /(?!)/i;
    // lower_NAME and upper_NAME are links between interfaces.
    return new RegExp(
      `(?<![0-9a-z]|(?<!lower|upper)_)(?:${words.map(literal).join('|')})(?![0-9a-z_])`,
      'i',
    );
  }
}

function holdsWord(text: string, word: string): boolean {
  return new RegExp(`(?<![0-9a-z])${literal(word)}(?![0-9a-z])`, 'i').test(text);
}

function literal(word: string): string {
  return word.replaceAll(/[^\w]/g, '\\$&');
}
