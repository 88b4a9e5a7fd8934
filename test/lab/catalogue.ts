import { commandLineTopologies } from './catalogue/command-lines.ts';
import { conventionalTopologies } from './catalogue/conventional.ts';
import { endpointTopologies } from './catalogue/endpoints.ts';
import { hostBridgeTopologies } from './catalogue/host-bridges.ts';
import { hotPlugTopologies } from './catalogue/hot-plug.ts';
import { identityTopologies } from './catalogue/identities.ts';
import { otherArchitectureTopologies } from './catalogue/other-architectures.ts';
import { otherIommuTopologies } from './catalogue/other-iommus.ts';
import { portTopologies } from './catalogue/ports.ts';
import { switchTopologies } from './catalogue/switches.ts';
import { virtualFunctionTopologies } from './catalogue/virtual-functions.ts';
import type { Topology } from './topology.ts';

/** Every named topology of the laboratory. */
export const catalogue: readonly Topology[] = [
  ...endpointTopologies,
  ...portTopologies,
  ...switchTopologies,
  ...conventionalTopologies,
  ...hostBridgeTopologies,
  ...virtualFunctionTopologies,
  ...hotPlugTopologies,
  ...commandLineTopologies,
  ...identityTopologies,
  ...otherIommuTopologies,
  ...otherArchitectureTopologies,
];
