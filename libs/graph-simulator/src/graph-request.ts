import { timingSafeEqual } from 'node:crypto';
import { refusal } from './graph-error';
import { appSecretProof } from './signature';
import type { Page, World } from './world';

/** A file of a multipart request. */
export interface SentFile {
  contentType: string;
  fileName: string;
  bytes: Buffer;
}

/** A request to Graph with its parameters from wherever they stood: query, JSON, form. */
export interface GraphRequest {
  method: string;
  /** Without the version. */
  path: string[];
  params: Record<string, unknown>;
  file: SentFile | null;
  bearer: string | undefined;
}

/** Meta: "Graph API Versioning": a version lives about two years. */
const VERSIONS = ['v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'];

export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Graph takes JSON, URL-encoded and multipart bodies; in forms each object is a JSON text (Meta: "Send API", saving assets). */
export async function readGraphRequest({ method, url, headers, body }: RawRequest): Promise<GraphRequest> {
  const { pathname, searchParams } = new URL(url, 'http://simulator');
  const [version = '', ...path] = pathname.split('/').filter((part) => part !== '');
  if (!VERSIONS.includes(version)) throw refusal.unknownPath(pathname);
  const contentType = String(headers['content-type'] ?? '');
  const params: Record<string, unknown> = Object.fromEntries(searchParams);
  let file: SentFile | null = null;
  if (body.length > 0 && contentType.startsWith('application/json')) {
    Object.assign(params, parseObject(body.toString('utf8')));
  } else if (body.length > 0) {
    const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } })
      .formData()
      .catch(() => {
        throw refusal.invalid('The body is neither JSON nor a form');
      });
    for (const [name, value] of form) {
      if (typeof value === 'string') params[name] = value;
      else {
        const bytes = Buffer.from(await value.arrayBuffer());
        file = { contentType: value.type, fileName: value.name, bytes };
      }
    }
  }
  for (const name of ['recipient', 'message']) {
    if (typeof params[name] === 'string') params[name] = parseObject(params[name]);
  }
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(String(headers['authorization'] ?? ''))?.[1];
  return { method, path, params, file, bearer };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refusal.invalid('The body is not a JSON object');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The page that the token speaks for. Meta: "Access Tokens" and "Secure Graph API Calls". */
export function authenticate(world: World, { params, bearer }: GraphRequest): Page {
  const token = bearer ?? stringOf(params['access_token']);
  if (token === undefined) throw refusal.noToken();
  const page = [...world.pages.values()].find((one) => same(one.token, token));
  if (!page) throw refusal.invalidToken();
  if (page.tokenRevoked) throw refusal.revokedToken();
  const proof = stringOf(params['appsecret_proof']);
  if (proof === undefined && page.app.requireProof) throw refusal.noProof();
  if (proof !== undefined && !same(proof, appSecretProof(token, page.app.secret))) throw refusal.badProof();
  return page;
}

export const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const same = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
