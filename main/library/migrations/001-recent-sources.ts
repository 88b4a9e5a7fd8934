/** Paths that were opened. */
export const recentSources = `
  create table recent_source (
    path text primary key not null,
    title text not null,
    opened_at_ms integer not null
  ) strict`;
