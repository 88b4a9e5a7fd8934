import type { LogText } from '../../shared/doctor-report.ts';
import { known, unreadable, type Fact } from '../../shared/fact.ts';
import { ARCHIVE_LIMITS, GUEST_LOG_LINE, GUEST_LOG_LINES, GUEST_LOGS } from './limits.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

/** Where libvirt writes what QEMU says, one file a machine: libvirt v11 docs/logging.rst. */
const FOLDER = 'var/log/libvirt/qemu';

/**
 * Reads the logs of virtual machines, which name the device that a start failed at.
 *
 * @returns The last lines of each log. Unreadable where the source holds no such folder, and for
 *   the running host, whose logs a person gives to the doctor himself.
 */
export function readGuestLogs(source: Source): Fact<readonly LogText[]> {
  if (source.info.kind === 'live') return unreadable('NOT_RECORDED');
  const names = source.list(FOLDER);
  if (!names.ok) {
    // Whoever takes a snapshot leaves logs out: that there are none here says nothing.
    const { errno } = names.error;
    return unreadable(errno === 'ENOENT' ? 'NOT_RECORDED' : errno);
  }
  const logs = names.value.filter((name) => name.endsWith('.log')).toSorted();
  return logs.slice(0, GUEST_LOGS).flatMap((name) => {
    const text = known(readText(source, `${FOLDER}/${name}`, ARCHIVE_LIMITS.entryBytes));
    return text === undefined ? [] : [lastLines(name, text)];
  });
}

/** Says so where lines are counted from elsewhere than the beginning of the file. */
function lastLines(name: string, text: string): LogText {
  const lines = text.split('\n').map((line) => line.slice(0, GUEST_LOG_LINE));
  if (lines.length <= GUEST_LOG_LINES) return { name, text: lines.join('\n') };
  const last = lines.slice(-GUEST_LOG_LINES);
  return { name: `${name} (its last ${GUEST_LOG_LINES} lines)`, text: last.join('\n') };
}
