/** Airlock's mark: two door leaves that meet, with the seal between them. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path className="logo__leaf" d="M11 2.6 A9.6 9.6 0 0 0 11 21.4 Z" />
      <path className="logo__leaf" d="M13 2.6 A9.6 9.6 0 0 1 13 21.4 Z" />
      <rect className="logo__seal" x="7.4" y="10.4" width="9.2" height="3.2" rx="1.6" />
    </svg>
  );
}
