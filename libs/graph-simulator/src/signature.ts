import { createHmac } from 'node:crypto';

/**
 * JSON as Meta writes it: everything that is not ASCII as \u with lower-case hex digits, and a slash as \/.
 * Meta: "Meta Webhooks for Messenger Platform", Validate Payloads, names the first; the second is seen in published payloads.
 */
export function toMetaJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Meta: "Meta Webhooks for Messenger Platform", Validate Payloads: the header X-Hub-Signature-256 over the bytes of the body. */
export function sign(body: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/** Meta: "Secure Graph API Calls": hex HMAC-SHA256 of the token under the app's secret. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
