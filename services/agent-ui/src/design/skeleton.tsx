import css from './skeleton.module.css';

/** A grey bar where a text will stand. */
export function Skeleton({ width = '100%', height = 10 }: { width?: string; height?: number }) {
  return <span className={css.bar} style={{ width, height }} aria-hidden />;
}

/** Rows of the inbox while they load. `label` is read aloud once. */
export function SkeletonRows({ count, label }: { count: number; label: string }) {
  return (
    <div role="status">
      <span className="only-read">{label}</span>
      {Array.from({ length: count }, (_, row) => (
        <div className={css.row} key={row} aria-hidden>
          <span className={css.circle} />
          <span className={css.bars}>
            <Skeleton width={`${58 + ((row * 17) % 30)}%`} />
            <Skeleton width={`${70 + ((row * 11) % 25)}%`} />
          </span>
        </div>
      ))}
    </div>
  );
}
