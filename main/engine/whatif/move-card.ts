import { bdfParts, shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';
import { ok } from '../../../shared/result.ts';
import type { Change } from './change.ts';
import { childrenOf, findCard, sideBelow, UNREAD, type Card } from './find-card.ts';
import { relocate, subtreeOf } from './relocate.ts';
import {
  findNamed,
  impossible,
  listShort,
  suppose,
  type StepResult,
  type Supposition,
  type World,
} from './world.ts';

/** Conventional buses have 32 device numbers. */
const DEVICE_NUMBERS = 32;

/** Moves the card that a function belongs to, with all that lies below it, to another port. */
export function moveCard(world: World, change: Extract<Change, { kind: 'move' }>): StepResult {
  const card = findCard(world, change.bdf);
  if (!card.ok) return card;
  const target = findNamed(world, change.port);
  if (!target.ok) return target;
  const port = target.value;
  const bdfs = card.value.functions.map(({ bdf }) => bdf);
  const cardName = listShort(bdfs);
  if (port.bdf === card.value.bridge.bdf) {
    const stays = bdfs.length === 1 ? 'stays where it is' : 'stay where they are';
    return ok({ world, text: `${cardName} ${stays}, below ${shortBdf(port.bdf)}` });
  }
  const problem = portProblem(card.value, port, world);
  if (problem !== undefined) {
    return impossible(`Cannot move ${cardName} to ${shortBdf(port.bdf)}: ${problem}`);
  }
  const device = deviceNumberAt(card.value, port, world);
  if (device === undefined) {
    return impossible(
      `Cannot move ${cardName}: no device number below ${shortBdf(port.bdf)} is free`,
    );
  }
  const moved = relocate(world, placesBelow(card.value, port, device));
  if (!moved.ok) return moved;
  const { names } = moved.value;
  const newName = (bdf: Bdf) => names.get(bdf) ?? bdf;
  return ok({
    world: suppose(
      moved.value.world,
      ...suppositionsOf(world, subtree(card.value, world).map(newName)),
    ),
    text: `${cardName} ${bdfs.length === 1 ? 'moves' : 'move'} below ${roleWord(port)} ${shortBdf(port.bdf)}, to ${listShort(bdfs.map(newName))}`,
  });
}

function subtree(card: Card, world: World): readonly Bdf[] {
  return card.functions.flatMap(({ bdf }) => [...subtreeOf(world.host.functions, bdf)]);
}

function roleWord(port: PciFunction): string {
  const type = known(known(port.config)?.pcie)?.portType;
  if (type === 'root-port') return 'root port';
  return type === 'downstream-port' ? 'downstream port' : 'bridge';
}

/** Why a port cannot take the card; `undefined`: it can. */
function portProblem(card: Card, port: PciFunction, world: World): string | undefined {
  const name = shortBdf(port.bdf);
  const config = known(port.config);
  if (config === undefined) return `the configuration space of ${name} ${UNREAD}`;
  if (config.bridge === undefined || config.headerType !== 1) return `${name} is not a bridge`;
  if (subtree(card, world).includes(port.bdf)) return `${name} is a part of what would be moved`;
  switch (sideBelow(port)) {
    case 'unknown':
      return `whether ${name} is a PCIe port ${UNREAD}`;
    case 'switch':
      return `${name} is the upstream port of a switch: name one of its downstream ports`;
    case 'bus':
      return busProblem(card, name);
    case 'link': {
      const there = childrenOf(world, port).map(({ bdf }) => bdf);
      return there.length === 0 ? undefined : `${listShort(there)} is there: move that first`;
    }
  }
}

/** Only conventional functions fit a conventional bus. */
function busProblem(card: Card, name: string): string | undefined {
  for (const { bdf, config } of card.functions) {
    if (config === undefined || isUnreadable(config) || isUnreadable(config.pcie)) {
      return `${name} leads to a conventional bus, and whether ${shortBdf(bdf)} is conventional ${UNREAD}`;
    }
    if (config.pcie !== undefined) {
      return `${name} leads to a conventional bus, and ${shortBdf(bdf)} is PCI Express`;
    }
  }
  return undefined;
}

/** On a link the card is device 0; a conventional bus gives its own number where that is free. */
function deviceNumberAt(card: Card, port: PciFunction, world: World): number | undefined {
  if (sideBelow(port) === 'link') return 0;
  const taken = new Set(childrenOf(world, port).map(({ bdf }) => bdfParts(bdf).deviceNumber));
  const own = bdfParts(card.functions[0]?.bdf ?? port.bdf).deviceNumber;
  if (!taken.has(own)) return own;
  return Array.from({ length: DEVICE_NUMBERS }, (_, number) => number).find((n) => !taken.has(n));
}

/** From link to link ARI numbers are kept; otherwise only the function numbers. */
function placesBelow(card: Card, port: PciFunction, device: number) {
  const keepsNumbers = card.isOnLink && sideBelow(port) === 'link';
  return new Map(
    card.functions.map(({ bdf }) => {
      const { deviceNumber, functionNumber } = bdfParts(bdf);
      const devfn = (keepsNumbers ? deviceNumber : device) * 8 + functionNumber;
      return [bdf, { parent: port.bdf, devfn }] as const;
    }),
  );
}

function suppositionsOf(world: World, bdfs: readonly Bdf[]): readonly Supposition[] {
  const tables = known(world.host.iommu.ivrsAliases) ?? [];
  const text =
    'The new place is supposed: that the card works there, that the IOMMU of the port covers it, and that firmware numbers the buses as before';
  return [
    ...bdfs.map((about) => ({ text, about })),
    ...(tables.length === 0
      ? []
      : [
          {
            text: 'The ACPI table IVRS names requester IDs; it is taken as it is, though firmware may write it anew after a move',
            about: undefined,
          },
        ]),
  ];
}
