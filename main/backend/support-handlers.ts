import { failure, ok } from '../../shared/result.ts';
import { compareText } from './compare-text.ts';
import { compareView } from './compare-view.ts';
import { doctorText } from './doctor-text.ts';
import { doctorView } from './doctor-view.ts';
import { loadDeviceNames } from './device-names.ts';
import { hostLogs } from './host-logs.ts';
import { noHost, withHost, type Handlers } from './session.ts';

/** The channels for who helps others with their hosts. */
export const supportHandlers: Handlers<'host:compare' | 'doctor:read'> = {
  'host:compare': ({ shelf, platform }, { before, after }) =>
    withHost(shelf, before, (one) =>
      withHost(shelf, after, (other) => {
        const names = loadDeviceNames(platform.assetsDir);
        const report = compareView(one.analysis.host, other.analysis.host, names);
        return ok({ report, text: compareText(report) });
      }),
    ),
  'doctor:read': ({ shelf }, { logs, hostId, withOwnLogs }) => {
    const opened = hostId === undefined ? undefined : shelf.get(hostId);
    if (hostId !== undefined && opened === undefined) return noHost(hostId);
    const texts = logs.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString() }));
    const host = opened?.analysis.host;
    const all = [...texts, ...(withOwnLogs && host !== undefined ? hostLogs(host) : [])];
    if (all.length === 0) {
      return failure('not-available', 'What this host was read from holds no log');
    }
    const report = doctorView(all, host);
    return ok({ report, text: doctorText(report, all.length) });
  },
};
