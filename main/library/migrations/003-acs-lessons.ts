/**
 * What snapshots that show their groups teach about the ACS of functions, forgotten with them.
 *
 * `acs_lesson` holds each snapshot that taught something, `acs_observation` what it taught.
 */
export const acsLessons = `
  create table acs_lesson (
    snapshot_id integer primary key references snapshot (id) on delete cascade,
    board text not null,
    sources text not null
  ) strict;

  create table acs_observation (
    snapshot_id integer not null references acs_lesson (snapshot_id) on delete cascade,
    vendor_id integer not null check (vendor_id between 0 and 65535),
    device_id integer not null check (device_id between 0 and 65535),
    class_code integer check (class_code between 0 and 65535),
    role text not null,
    device integer not null check (device between 0 and 31),
    outcome text not null check (outcome in ('passes', 'fails', 'apart'))
  ) strict;
  create index acs_observation_by_snapshot on acs_observation (snapshot_id)`;
