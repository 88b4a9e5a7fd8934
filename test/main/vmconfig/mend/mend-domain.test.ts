import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lintConfiguration } from '../../../../main/backend/lint-configuration.ts';
import { scanXml } from '../../../../main/vmconfig/mend/scan-xml.ts';
import { TARGETS } from '../../../../main/vmconfig/targets.ts';
import { anyWish } from '../../../support/any-wish.ts';
import { DAMAGES } from '../../../support/damage-domain.ts';
import { place, vmHost } from '../../../support/vm-host.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOST = vmHost();

function lint(text: string) {
  const found = lintConfiguration(text, undefined);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const codesOf = (text: string) => new Set(lint(text).findings.map(({ code }) => code));

/** A domain with a comment between all its lines: what people have written into theirs. */
function commented(text: string): string {
  return text.replaceAll(
    /^( +)<(hostdev|memballoon|vcpu|features)/gm,
    '$1<!-- mine: <a> "\' -->\n$1<$2',
  );
}

describe('a domain with mistakes', () => {
  const mendable = new Set(DAMAGES.map(({ code }) => code));

  it('has none of those that need no choice once it is corrected, whatever it was and had', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyWish, fc.subarray([...DAMAGES], { minLength: 1 }), (wish, damages) => {
        const good = commented(
          TARGETS.libvirt(place(wish, HOST).vm, { scope: 'whole', vfio: 'group' }).files[0]?.text ??
            '',
        );
        const bad = damages.reduce((text, { spoil }) => spoil(text), good);
        const before = [...codesOf(bad)].filter((code) => mendable.has(code));
        before.forEach((code) => seen.add(code));
        const { mended } = lint(bad);
        expect(mended === undefined).toBe(before.length === 0);
        const after = codesOf(mended?.text ?? bad);
        expect([...after].filter((code) => mendable.has(code))).toEqual([]);
        // Nothing comes instead.
        expect([...after].filter((code) => !codesOf(bad).has(code))).toEqual([]);
        const comments = (text: string) => text.match(/<!-- mine[^]*?-->/g)?.length;
        expect(comments(mended?.text ?? bad)).toBe(comments(bad));
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
    expect([...seen].toSorted()).toEqual([...mendable].toSorted());
  });

  it('keeps every line that no finding is about', () => {
    const text = `<!-- top -->
<domain type="kvm"   id='3'>
\t<name>a &amp; b</name>
  <vcpu>2</vcpu><!-- <vcpu>9</vcpu> -->
  <devices>
    <hostdev mode="subsystem" type="pci" managed="yes"><source>
        <address domain="0x0000" bus="0x01" slot="0x00" function="0x0"/></source>
    </hostdev>
    <sound model='ich9'/>
  </devices>
</domain>
<?tail?>`;
    expect(lint(text).mended?.text).toBe(
      text.replace(
        "<sound model='ich9'/>",
        "<sound model='ich9'/>\n    <memballoon model='none'/>",
      ),
    );
    expect(lint(text).mended?.codes).toEqual(['balloon-with-vfio']);
  });

  it('keeps a USB controller at function 7, whose companions the model does not know', () => {
    const at = (fn: number) => `<address type='pci' bus='0' slot='5' function='${fn}'/>`;
    const usb = (model: string, fn: number) =>
      `<controller type='usb' index='0' model='${model}'>${at(fn)}</controller>`;
    const text = `<domain><devices>${usb('ich9-ehci1', 7)}${usb('ich9-uhci1', 0)}</devices></domain>`;
    expect([codesOf(text).has('no-function-0'), lint(text).mended]).toEqual([false, undefined]);
  });

  it('is left alone where it has none, and where a choice is needed', () => {
    expect(lint('<domain><name>x</name></domain>').mended).toBeUndefined();
    const undecided = "<domain><os firmware='efi'><type>hvm</type></os></domain>";
    expect([lint(undecided).mended, codesOf(undecided).has('secure-boot-undecided')]).toEqual([
      undefined,
      true,
    ]);
  });

  it('gathers no card in a slot that something else has', () => {
    const device = (fn: number, at: string) =>
      `<hostdev type='pci' managed='yes'><source><address bus='1' slot='0' function='${fn}'/></source><address type='pci' ${at}/></hostdev>`;
    const other =
      "<disk type='block'><source dev='/dev/a'/><target dev='vda' bus='virtio'/><address type='pci' bus='0' slot='5' function='1'/></disk>";
    const text = `<domain><devices>${device(0, "bus='0' slot='5' function='0'")}${device(1, "bus='0' slot='6' function='0'")}${other}<memballoon model='none'/></devices></domain>`;
    expect([codesOf(text).has('card-scattered'), lint(text).mended]).toEqual([true, undefined]);
  });
});

describe('places in a text', () => {
  it('are those of elements alone, not of comments, character data and instructions', () => {
    const text = `<?xml version="1.0"?><!-- <a> --><a b='>' c="'/>"><![CDATA[<d>]]><e/><f x = '1'>t</f ></a>`;
    const [a] = scanXml(text);
    expect(a?.children.map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
      ['e', '<e/>'],
      ['f', "<f x = '1'>t</f >"],
    ]);
    const values = [...(a?.attributes ?? [])].map(([name, { text: value }]) => [name, value]);
    expect(values).toEqual([
      ['b', '>'],
      ['c', "'/>"],
    ]);
  });
});
