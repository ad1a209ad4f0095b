import { z } from 'zod';

const Use = z.looseObject({
  call_count: z.number().default(0),
  total_cputime: z.number().default(0),
  total_time: z.number().default(0),
  /** Minutes. */
  estimated_time_to_regain_access: z.number().default(0),
});
const ByBusiness = z.record(z.string(), z.array(Use));

/** From here on the page waits a moment before its next send. */
const NEARLY_ALL = 95;
const MOMENT_MS = 500;

/**
 * For how long the page should send nothing, ms; 0 for all is well. Source: Meta, "Rate Limits" (Graph API), the headers
 * X-Business-Use-Case-Usage and X-App-Usage.
 */
export function backoffOf(headers: Headers): number {
  const byBusiness = ByBusiness.safeParse(jsonOf(headers.get('x-business-use-case-usage'))).data ?? {};
  const ofApp = Use.safeParse(jsonOf(headers.get('x-app-usage'))).data;
  const uses = [...Object.values(byBusiness).flat(), ...(ofApp ? [ofApp] : [])];
  return Math.max(0, ...uses.map(pauseOf));
}

function pauseOf(use: z.output<typeof Use>): number {
  if (use.estimated_time_to_regain_access > 0) return use.estimated_time_to_regain_access * 60_000;
  return Math.max(use.call_count, use.total_cputime, use.total_time) >= NEARLY_ALL ? MOMENT_MS : 0;
}

function jsonOf(header: string | null): unknown {
  try {
    return JSON.parse(header ?? 'null');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
