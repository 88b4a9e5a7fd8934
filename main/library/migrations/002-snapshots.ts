/**
 * Snapshots with their bytes, what was read of them, and what they are found by.
 *
 * `term` holds what is found exactly, `snapshot_text` what is found by words; `notes` there repeats
 * the notes of the snapshot and of its cases.
 */
export const snapshots = `
  create table content (
    sha256 text primary key not null,
    codec text not null check (codec in ('none', 'zstd')),
    size_bytes integer not null,
    bytes blob not null
  ) strict;

  create table snapshot (
    id integer primary key autoincrement,
    sha256 text not null unique references content (sha256),
    name text not null,
    title text not null,
    imported_at_ms integer not null,
    captured_at_ms integer,
    kernel text,
    os text,
    function_count integer not null,
    problem_count integer not null,
    host_format integer not null,
    host blob not null
  ) strict;

  create table term (
    kind text not null,
    value text not null,
    snapshot_id integer not null references snapshot (id) on delete cascade,
    primary key (kind, value, snapshot_id)
  ) strict, without rowid;
  create index term_by_snapshot on term (snapshot_id);

  create virtual table snapshot_text using fts5 (
    name, board, devices, other, notes,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );

  create table support_case (
    id integer primary key autoincrement,
    name text not null unique,
    created_at_ms integer not null
  ) strict;

  create table case_snapshot (
    case_id integer not null references support_case (id) on delete cascade,
    snapshot_id integer not null references snapshot (id) on delete cascade,
    primary key (case_id, snapshot_id)
  ) strict, without rowid;
  create index case_snapshot_by_snapshot on case_snapshot (snapshot_id);

  create table tag (
    snapshot_id integer references snapshot (id) on delete cascade,
    case_id integer references support_case (id) on delete cascade,
    tag text not null,
    check ((snapshot_id is null) <> (case_id is null)),
    unique (tag, snapshot_id),
    unique (tag, case_id)
  ) strict;
  create index tag_by_snapshot on tag (snapshot_id);
  create index tag_by_case on tag (case_id);

  create table note (
    id integer primary key,
    snapshot_id integer references snapshot (id) on delete cascade,
    case_id integer references support_case (id) on delete cascade,
    written_at_ms integer not null,
    text text not null,
    check ((snapshot_id is null) <> (case_id is null))
  ) strict;
  create index note_by_snapshot on note (snapshot_id);
  create index note_by_case on note (case_id)`;
