import { z } from 'zod';
import { WidgetFrame, type FormFieldKey, type GatewayFrame, type Page } from '@conversations/contracts';

type Nack = Extract<GatewayFrame, { t: 'nack' }>;

/** What became of the text of a frame: a frame, a refusal to answer with, nothing (unknown kind), or null = 4000. */
export type FrameRead = { frame: WidgetFrame } | { nack: Nack } | 'unknown' | null;

const KINDS = new Set<string>(WidgetFrame.options.map((option) => option.shape.t.value));
const Kind = z.object({ t: z.string() });
const Refusable = z.object({ t: z.enum(['send', 'form']), clientId: z.uuid() });

/** `maxText` in UTF-16 units, as a browser's `maxlength` counts. */
export function readFrame(text: string, maxText: number): FrameRead {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const kind = Kind.safeParse(document);
  if (!kind.success) return null;
  if (!KINDS.has(kind.data.t)) return 'unknown';
  const read = WidgetFrame.safeParse(document);
  if (read.success) return checked(read.data, maxText);
  const refusable = Refusable.safeParse(document);
  if (!refusable.success) return null;
  const field = read.error.issues[0]?.path.findLast((step) => typeof step === 'string');
  return refuse(refusable.data.clientId, 'invalid', field);
}

function checked(frame: WidgetFrame, maxText: number): FrameRead {
  if (frame.t === 'send') {
    const hasFiles = frame.attachments !== undefined && frame.attachments.length > 0;
    if (frame.text.trim() === '' && !hasFiles) return refuse(frame.clientId, 'invalid', 'text');
    if (frame.text.length > maxText) return refuse(frame.clientId, 'too_long', 'text');
  }
  if (frame.t === 'form') {
    const field = firstBadField(frame);
    if (field !== null) return refuse(frame.clientId, 'invalid', field);
  }
  // Nobody waits for an answer to a claim: one that cannot be true is passed over.
  if (frame.t === 'contact' && firstBadValue(frame) !== null) return 'unknown';
  return { frame };
}

const FORM_FIELDS = {
  email: z.email().max(320),
  name: z.string().min(1).max(200),
  phone: z.string().regex(/^[+(]?\d[\d ().\-/]{3,38}$/),
  company: z.string().min(1).max(200),
};

/** The address is what a form is for: it is required. What else is required is the form's own to say. */
function firstBadField({ formId, values }: Extract<WidgetFrame, { t: 'form' }>): string | null {
  if (!/^[\w-]+$/.test(formId)) return 'formId';
  return firstBadValue(values);
}

function firstBadValue(values: Partial<Record<FormFieldKey, string>>): string | null {
  if (!values.email?.trim()) return 'email';
  for (const [field, rule] of Object.entries(FORM_FIELDS)) {
    const value = values[field as keyof typeof FORM_FIELDS]?.trim();
    if (value && !rule.safeParse(value).success) return field;
  }
  return null;
}

function refuse(clientId: string, code: Nack['code'], field: string | undefined): { nack: Nack } {
  return { nack: { t: 'nack', clientId, code, ...(field === undefined ? {} : { field }) } };
}

/**
 * What a browser says about its page, fit for storage and for an agent's screen: only web addresses, percent-encoded as
 * the URL standard writes them, and text that Postgres takes. Null when nothing of it is left.
 */
export function readPage(page: { url: string; title?: string | undefined } | undefined): Page | null {
  if (page === undefined || !URL.canParse(page.url)) return null;
  const url = new URL(page.url);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.href.length > 2000) return null;
  url.username = '';
  url.password = '';
  const title = page.title?.replaceAll('\u0000', '').toWellFormed().trim() ?? '';
  return { url: url.href, title: title === '' ? null : title };
}

/** A BCP 47 tag, or null. */
export function readLocale(locale: string | undefined): string | null {
  return locale !== undefined && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(locale) ? locale : null;
}
