const DAY_MS = 24 * 60 * 60 * 1_000;
const PAST_MS = 7 * DAY_MS;
const FUTURE_MS = 5 * 60 * 1_000;

/** When it was sent: the Date header, or the receipt where that cannot be (over 7 days before it, over 5 minutes after). */
export function sentAt(header: string | null, receivedAt: Date): Date {
  // Comments, e.g. the name of the time zone.
  const at = Date.parse(
    (header ?? '')
      .slice(0, 100)
      .replace(/\([^)]*\)/g, '')
      .trim(),
  );
  const age = receivedAt.getTime() - at;
  return Number.isFinite(at) && age <= PAST_MS && age >= -FUTURE_MS ? new Date(at) : receivedAt;
}
