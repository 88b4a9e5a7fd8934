import { PATTERN_PATHS, PATTERN_PX } from './region-patterns.ts';

/** The patterns of the regions, for styles to name: colour is never the only sign. */
export function RegionPatterns() {
  return (
    <defs>
      {PATTERN_PATHS.map((d, look) => (
        <pattern
          key={look}
          id={`region-pattern-${look}`}
          className={`look-${look}`}
          width={PATTERN_PX}
          height={PATTERN_PX}
          patternUnits="userSpaceOnUse"
        >
          <path d={d} className="picture-pattern" />
        </pattern>
      ))}
    </defs>
  );
}
