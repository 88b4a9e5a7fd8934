import { Skeleton } from '@mantine/core';

/** The outline of a host page while its facts are on the way. */
export function PageSkeleton() {
  return (
    <div className="page-skeleton" role="status" aria-label="Reading">
      <Skeleton height={26} width={280} />
      <Skeleton height={14} width={440} mt={12} />
      <Skeleton height={120} mt={36} />
      <div className="page-skeleton__cards">
        {[0, 1, 2, 3].map((index) => (
          <Skeleton key={index} height={112} />
        ))}
      </div>
    </div>
  );
}
