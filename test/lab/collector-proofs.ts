import { openArchiveBytes } from '../../main/host/open-archive.ts';
import { readHost } from '../../main/host/read-host.ts';
import { groupingOf } from '../../main/engine/compute-grouping.ts';
import { makeContext } from '../../main/engine/context.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import { boot, type Boot } from './boot.ts';
import { failedJudgement, type Experiment, type Judgement } from './experiment.ts';
import { textOf } from './judge.ts';
import { bridge, functions, leaf } from './part.ts';

/** Something that the collector meets on a live system, and what must come out. */
interface Proof {
  readonly name: string;
  readonly shows: string;
  /** Shell for the guest, which leaves `proof.tar.gz` among the answers. */
  readonly script: string;
  readonly smoke?: readonly string[];
  /** How many things were compared, or what is wrong. */
  check(host: Host, booted: Boot): number | string;
}

const PARTS = [
  bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
  bridge('pcie-root-port', '4.0', functions('0', [leaf('nec-usb-xhci'), leaf('e1000e')]), {
    'disable-acs': 'on',
  }),
];

const COLLECT = 'sh /bin/airlock-collect --out /out/proof.tar.gz';

/** Files that are another each time one reads them; of cpuinfo the first processor is kept. */
const LIVELY =
  /^(proc\/(cpuinfo|meminfo|interrupts|iomem|stat|uptime|modules|mounts|swaps|self\/.*|net\/.*)|sys\/devices\/system\/(node|cpu)\/.*|.*\/power\/.*|sys\/kernel\/mm\/.*|sys\/class\/hwmon.*)$/;

const proofs: readonly Proof[] = [
  {
    name: 'byte-for-byte',
    shows: 'every file of the archive is what the guest reads at that path, every link the same',
    smoke: ['6.1'],
    script: `load e1000e
wait_for 30 test -e /sys/bus/pci/devices/0000:01:00.0/net
${COLLECT} --no-redact
mkdir /tmp/copy && tar -C /tmp/copy -xzf /out/proof.tar.gz
cd /tmp/copy
find . -type f ! -path './airlock/*' ! -name manifest.json | while IFS= read -r file; do
  if cmp -s "$file" "/$file"; then echo "same $file"; else echo "other $file"; fi
done | answer files
find . -type l | while IFS= read -r link; do
  [ "$(readlink "$link")" = "$(readlink "/$link")" ] && echo "same $link" || echo "other $link"
done | answer links
for device in /sys/bus/pci/devices/*; do
  for name in config class vendor device resource driver_override; do
    [ -e "$(realpath "$device")/$name" ] && echo ".$(realpath "$device")/$name"
  done
done | while IFS= read -r file; do [ -e "$file" ] || echo "$file"; done | answer missing
cd /`,
    check(_host, booted) {
      const lines = `${textOf(booted, 'files')}\n${textOf(booted, 'links')}`.split('\n');
      const others = lines.filter((line) => line.startsWith('other ./'));
      const wrong = others.map((line) => line.slice(8)).filter((path) => !LIVELY.test(path));
      if (wrong.length > 0) return `Not as the guest reads them: ${wrong.join(' ')}`;
      const missing = textOf(booted, 'missing');
      if (missing !== '') return `Not in the archive: ${missing}`;
      const same = lines.filter((line) => line.startsWith('same ')).length;
      return same > 100 ? same : `Only ${same} files were compared`;
    },
  },
  {
    name: 'hostile-names',
    shows: 'names made of what a shell acts on: an interface, a mount, a file of the configuration',
    script: `load e1000e
wait_for 30 test -e /sys/bus/pci/devices/0000:01:00.0/net
old=$(ls /sys/bus/pci/devices/0000:01:00.0/net)
ip link set "$old" name ';$(poweroff)*"'
mkdir -p '/tmp/a b
c$(poweroff)' /etc/modprobe.d
mount -t tmpfs tmpfs '/tmp/a b
c$(poweroff)'
echo 'options vfio-pci ids=10de:1234' >'/etc/modprobe.d/-rf $(poweroff) *.conf'
printf 'a b$(poweroff)' >/sys/bus/pci/devices/0000:02:00.0/driver_override
${COLLECT}`,
    check(host) {
      const nic = host.functions.find(({ bdf }) => bdf === '0000:01:00.0');
      const children = nic?.details?.children ?? [];
      const override = host.functions.find(({ bdf }) => bdf === '0000:02:00.0')?.details
        ?.driverOverride;
      if (!children.some((child) => child.startsWith('net/'))) return 'The interface is not there';
      if (override !== 'a b$(poweroff)') return `The override reads ${JSON.stringify(override)}`;
      return 2;
    },
  },
  {
    name: 'vanishing',
    shows: 'functions that vanish and come back while it reads',
    script: `(while [ ! -e /tmp/enough ]; do
  echo 1 >/sys/bus/pci/devices/0000:02:00.0/remove
  echo 1 >/sys/bus/pci/devices/0000:01:00.0/remove
  echo 1 >/sys/bus/pci/rescan
done) 2>/dev/null &
for round in 1 2 3 4 5; do ${COLLECT} || echo "LAB round $round failed" | answer failed; done
touch /tmp/enough
wait`,
    check(host, booted) {
      if (booted.answers.has('failed')) return textOf(booted, 'failed');
      return host.functions.length >= 6
        ? host.functions.length
        : 'Functions that stayed are missing';
    },
  },
  {
    name: 'ordinary-user',
    shows: 'without root the groups are there, and what could not be read is unknown, not absent',
    script: `mkdir -p /etc && echo 'guest:x:1000:1000::/tmp:/bin/sh' >/etc/passwd && echo 'guest:x:1000:' >/etc/group
chmod 1777 /tmp /dev/shm && mkdir -m 777 /tmp/out
su -s /bin/sh guest -c 'sh /bin/airlock-collect --out /tmp/out/proof.tar.gz'
cp /tmp/out/proof.tar.gz /out/`,
    check(host) {
      const short = host.functions.filter(
        ({ config }) => !isUnreadable(config) && (config?.lengthBytes ?? 0) > 64,
      );
      if (short.length > 0)
        return 'An ordinary user read more than 64 bytes of configuration space';
      const { groups } = groupingOf(makeContext(host));
      const unsure = groups.filter(({ confidence }) => confidence === 'unknown');
      return unsure.length > 0 ? groups.length : 'No group says that its inputs are unknown';
    },
  },
];

/** What proves the collector on a real kernel, under BusyBox. */
export const collectorExperiments: readonly Experiment[] = proofs.map((proof) => ({
  name: `collector-${proof.name}`,
  shows: proof.shows,
  family: 'collector',
  iommu: 'intel',
  architecture: 'amd64',
  smoke: proof.smoke,
  boot: async (kernel) => {
    const { name, shows, script } = proof;
    const guest = { modules: ['e1000e'], before: script, isRead: false };
    return [await boot({ name, shows, iommu: 'intel', parts: PARTS, guest }, kernel)];
  },
  judge: async ([booted]) =>
    booted === undefined ? failedJudgement('Nothing was booted') : judgeProof(proof, booted),
}));

async function judgeProof(proof: Proof, booted: Boot): Promise<Judgement> {
  const host = await readProof(booted);
  const found = typeof host === 'string' ? host : proof.check(host, booted);
  if (typeof found === 'string') {
    const failed = failedJudgement(found);
    return { ...failed, complaints: [...booted.mishaps, found, booted.console] };
  }
  return {
    complaints: booted.mishaps,
    compared: found,
    figures: `${found} compared`,
    rules: new Set<string>(),
  };
}

async function readProof(booted: Boot): Promise<Host | string> {
  const bytes = booted.answers.get('proof.tar.gz');
  if (bytes === undefined) return 'The collector left no archive';
  const source = await openArchiveBytes({ kind: 'archive', name: 'proof', label: 'proof' }, bytes);
  if (!source.ok) return source.error.message;
  const host = readHost(source.value, { depth: 'full' });
  return host.ok ? host.value : host.error.message;
}
