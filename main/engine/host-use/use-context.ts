import type { Bdf } from '../../../shared/bdf.ts';
import type { Grouping } from '../../../shared/isolation.ts';
import type { MachineFacts } from '../../../shared/machine.ts';
import type { Moving, Staying } from '../../../shared/verdict.ts';
import type { EngineContext } from '../context.ts';
import type { FunctionNode } from '../topology.ts';
import { isVfioDriver } from '../viability.ts';

/** A wish, as the finders of losses see it. */
export interface UseContext {
  readonly engine: EngineContext;
  /** The prediction, which never includes the ACS override. */
  readonly grouping: Grouping;
  /** Members of the groups that move, bridges and other buses included. */
  readonly members: readonly string[];
  readonly stays: readonly Staying[];
  /** Functions that move, those that VFIO has already included. */
  readonly moves: readonly FunctionNode[];
  /** The ones of `moves` that a host driver or nobody has: only these can cost the host something. */
  readonly fromHost: readonly FunctionNode[];
  readonly moving: ReadonlySet<Bdf>;
}

/** The same after a full reading: what the machine as a whole shows is there. */
export interface MachineContext extends UseContext {
  readonly machine: MachineFacts;
}

/** What a wish is, before it is prepared. */
export interface MoveParts {
  readonly grouping: Grouping;
  readonly members: readonly string[];
  readonly moves: readonly Moving[];
  readonly stays: readonly Staying[];
}

export function makeUseContext(engine: EngineContext, parts: MoveParts): UseContext {
  const nodeOf = ({ bdf }: Moving) => engine.topology.find(bdf) ?? [];
  const isOfHost = ({ driver }: Moving) => driver === undefined || !isVfioDriver(driver);
  return {
    engine,
    grouping: parts.grouping,
    members: parts.members,
    stays: parts.stays,
    moves: parts.moves.flatMap(nodeOf),
    fromHost: parts.moves.filter(isOfHost).flatMap(nodeOf),
    moving: new Set(parts.moves.map(({ bdf }) => bdf)),
  };
}
