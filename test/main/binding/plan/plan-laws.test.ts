import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSteps } from '../../../../main/binding/plan/parse-steps.ts';
import { planSteps } from '../../../../main/binding/plan/plan-files.ts';
import type { Step } from '../../../../main/binding/plan/step.ts';
import type { Host, PortType } from '../../../../shared/host.ts';
import { planSchema, type Plan } from '../../../../shared/plan.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { machine } from '../../../support/machine.ts';
import { planFor } from '../../../support/plan-for.ts';
import { fn } from '../../../support/typical-hosts.ts';

const CLASSES = [0x030000, 0x040300, 0x020000, 0x010802, 0x0c0330, 0x0c0500, 0x060100, 0x118000];
const DRIVERS = [undefined, 'nvidia', 'ahci', 'vfio-pci', 'pci-stub', 'mlx5_vfio_pci', 'snd-hda.1'];
const PORTS: readonly PortType[] = ['root-port', 'downstream-port', 'pcie-to-pci-bridge'];
const PORT_DRIVERS = ['pcieport', undefined, 'shpchp', 'vfio-pci'];

const draws = fc.array(
  fc.record({
    isPort: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
    kind: fc.nat(7),
    driver: fc.nat(6),
    override: fc.constantFrom(undefined, undefined, 'vfio-pci', 'nouveau'),
    slot: fc.nat(5),
    fn: fc.nat(2),
    group: fc.nat(4),
    label: fc.constantFrom(undefined, '4', 'PCIE1', 'slot with blanks', '-'),
    ids: fc.constantFrom<readonly [number, number]>(
      [0x10de, 0x2204],
      [0x8086, 0x1533],
      [0x15b3, 0x101e],
    ),
  }),
  { minLength: 1, maxLength: 14 },
);
type Draw = typeof draws extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

/** Functions at addresses of their own, in groups that need not fit the topology: all are as observed. */
function hostOf(drawn: readonly Draw[]): Host {
  const functions = new Map<string, FunctionNotation>();
  const observed: Record<string, string[]> = {};
  for (const draw of drawn) {
    const at = `00:${draw.slot.toString(16).padStart(2, '0')}.${draw.fn}`;
    if (functions.has(at)) continue;
    functions.set(at, notation(at, draw, functions.size + 1));
    (observed[String(draw.group)] ??= []).push(at);
  }
  return makeHost({ functions: [...functions.values()], observed, machine: machine(ALIASES) });
}

const ALIASES = {
  setup: { vfioAliases: [{ pattern: 'v000015B3d*sv*sd*bc*sc*i*', module: 'mlx5_vfio_pci' }] },
};

function notation(at: string, draw: Draw, bus: number): FunctionNotation {
  const facts = { driverOverride: draw.override, physicalSlot: draw.label };
  const shared = { ids: draw.ids, multifunction: true, facts };
  if (!draw.isPort) {
    const driver = DRIVERS[draw.driver];
    return fn(at, CLASSES[draw.kind] ?? 0, driver, { ...shared, type: 'rciep' });
  }
  const driver = PORT_DRIVERS[draw.driver % 4];
  return fn(at, 0x060400, driver, {
    ...shared,
    type: PORTS[draw.kind % 3] ?? 'root-port',
    secondary: bus,
  });
}

/** Runs `law` for plans of drawn hosts and wishes; counts that there were some. */
function forPlans(law: (plan: Plan, steps: readonly Step[], host: Host) => void): void {
  let plans = 0;
  fc.assert(
    fc.property(draws, fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }), (drawn, chosen) => {
      const host = hostOf(drawn);
      const asked = chosen.map((index) => host.functions[index % host.functions.length]?.bdf ?? '');
      const overrides = host.functions.map(({ bdf }) => bdf);
      const plan = planFor(host, asked, { overrides });
      if (!plan.ok) return;
      const parsed = parseSteps(planSteps(plan.value));
      if (!parsed.ok) throw new Error(parsed.error.message);
      plans += 1;
      law(plan.value, parsed.value.steps, host);
    }),
    { numRuns: 400 },
  );
  expect(plans).toBeGreaterThan(40);
}

type Binding = readonly [driver: string | undefined, override: string | undefined];

/** Drivers and overrides of a host: what run-time steps change. */
function bindingsOf(host: Host): Map<string, Binding> {
  return new Map(
    host.functions.map(({ bdf, details }) => [
      bdf,
      [details?.driver as string | undefined, details?.driverOverride as string | undefined],
    ]),
  );
}

describe('for any host and any wish', () => {
  it('what a plan says is read back as the same steps, and is data', () => {
    forPlans((plan, steps) => {
      expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
      expect(steps).toHaveLength(plan.steps.length);
    });
  });

  it('groups are whole: each block names every member that the kernel shows', () => {
    forPlans((_plan, steps, host) => {
      const groups = Array.isArray(host.observedGroups) ? host.observedGroups : [];
      for (const step of steps) {
        if (step.kind !== 'group') continue;
        const group = groups.find(({ members }) => (members as string[]).includes(step.bdf));
        expect(step.members).toEqual(group?.members);
      }
    });
  });

  it('no bridge is bound, and nothing that VFIO has already', () => {
    forPlans((_plan, steps, host) => {
      for (const step of steps) {
        if (step.kind !== 'driver') continue;
        const found = host.functions.find(({ bdf }) => bdf === step.card.bdf);
        expect(Number(found?.classCode) >>> 16).not.toBe(0x06);
        expect(found?.details?.driver ?? 'none').not.toMatch(/vfio/);
      }
    });
  });

  it('afterwards no member of a group that moved is held by a driver of the host', () => {
    forPlans((plan, steps, host) => {
      const after = bindingsOf(host);
      for (const step of steps)
        if (step.kind === 'driver') after.set(step.card.bdf, [step.to, step.to]);
      for (const { members } of plan.groups) {
        const drivers = members.map((member) => after.get(member)?.[0]);
        expect(
          drivers.filter(
            (driver) => driver !== undefined && !/vfio|^pcieport$|^pci-stub$/.test(driver),
          ),
        ).toEqual([]);
      }
      for (const asked of plan.asked) expect(after.get(asked)?.[0]).toMatch(/vfio/);
    });
  });

  it('a plan followed by its undo restores every driver and override', () => {
    forPlans((_plan, steps, host) => {
      const before = bindingsOf(host);
      const state = bindingsOf(host);
      for (const step of steps) {
        if (step.kind !== 'driver') continue;
        expect(state.get(step.card.bdf)).toEqual([step.from, step.override]);
        state.set(step.card.bdf, [step.to, step.to]);
      }
      expect(state).not.toEqual(before);
      for (const step of steps.toReversed()) {
        if (step.kind === 'driver') state.set(step.card.bdf, [step.from, step.override]);
      }
      expect(state).toEqual(before);
    });
  });
});
