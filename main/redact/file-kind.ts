/**
 * How a file is redacted:
 *
 * - `text`: by what its lines show; `mounts`: file servers too; `route`, `route6`: addresses without
 *   points and colons; `mapper`: what made a mapped disk stays;
 * - `kernel`: only names that are known; the kernel's own words may look like anything;
 * - `name`, `serial`: the whole content is the name of the host, a serial number;
 * - `manifest`: of a snapshot, which says that it was redacted;
 * - `config`: configuration space; `bytes`: kept as it is.
 */
export type FileKind =
  | 'text'
  | 'mounts'
  | 'route'
  | 'route6'
  | 'mapper'
  | 'kernel'
  | 'name'
  | 'serial'
  | 'manifest'
  | 'config'
  | 'bytes';

/** By the end of the path: a tree may lie in a folder, a bundle has a tree in it. */
const KINDS: readonly (readonly [pattern: RegExp, kind: FileKind])[] = [
  [/(^|\/)sys\/devices\/.*\/config$/, 'config'],
  [/(^|\/)proc\/bus\/pci\/[0-9a-f:]+\/[0-9a-f]{2}\.[0-7]$/, 'config'],
  [/(^|\/)sys\/firmware\/acpi\/tables\/[^/]+$/, 'bytes'],
  [/(^|\/)sys\/firmware\/dmi\/entries\/9-\d+\/raw$/, 'bytes'],
  [/(^|\/)sys\/firmware\/efi\/efivars\/(SecureBoot|LoaderInfo|StubInfo)-[^/]+$/, 'bytes'],
  [/(^|\/)(etc\/hostname|proc\/sys\/kernel\/hostname)$/, 'name'],
  [/(^|\/)sos_commands\/host\/hostname[^/]*$/, 'name'],
  [
    /(^|\/)sys\/.*\/(serial|serial_number|wwid|vpd_pg80|product_uuid|unique_id|nguid|uuid)$/,
    'serial',
  ],
  [/(^|\/)sys\/.*\/((board|chassis|product)_serial|chassis_asset_tag|board_asset_tag)$/, 'serial'],
  [/(^|\/)dm\/(name|uuid)$/, 'mapper'],
  [/(^|\/)proc\/net\/route$/, 'route'],
  [/(^|\/)proc\/net\/ipv6_route$/, 'route6'],
  [/(^|\/)(etc\/fstab|proc\/(self\/)?mount(s|info))$/, 'mounts'],
  [/(^|\/)sos_commands\/filesys\/[^/]*$/, 'mounts'],
  [/(^|\/)proc\/(version|sys\/kernel\/(osrelease|arch))$/, 'kernel'],
  [/^([^/]+\/)?manifest\.json$/, 'manifest'],
];

/** How the file at a path is redacted, whatever it holds. */
export function fileKind(path: string): FileKind {
  const isMapper = /(^|\/)dm\/(name|uuid)$/.test(path);
  return isMapper ? 'mapper' : (KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'text');
}
