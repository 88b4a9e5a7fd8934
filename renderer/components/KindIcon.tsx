import type { DeviceKind } from '../../shared/view.ts';
import { DEVICE_KINDS } from './device-kinds.ts';

/** Icon of a device kind; its word is for the pointer, rows name the class in text. */
export function KindIcon({ kind, size = 16 }: { kind: DeviceKind; size?: number }) {
  const look = DEVICE_KINDS[kind];
  const Icon = look.icon;
  return (
    <span className="kind-icon" title={look.word}>
      <Icon size={size} stroke={1.6} aria-hidden />
    </span>
  );
}
