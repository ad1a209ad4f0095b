import { lookup as systemLookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AddressRefused, type AllowedMedia, checkAddress, isPublicAddress } from './media-address';

const MOST_REDIRECTS = 3;
const SILENCE_MS = 15_000;
const WHOLE_MS = 2 * 60_000;

export type Lookup = (host: string) => Promise<{ address: string; family: number }[]>;

const lookup: Lookup = (host) => systemLookup(host, { all: true });

/** Meta answered with something else than the file. */
export class DownloadFailed extends Error {
  constructor(readonly status: number) {
    super(`the file was answered with ${status}`);
    this.name = 'DownloadFailed';
  }

  /** Meta's addresses of files end after a while; nothing brings them back. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429;
  }
}

/**
 * Opens a file of Meta's. The name is resolved once and the connection goes to that address, so that no second answer of the
 * name server can lead elsewhere; every redirect is looked at like the first address. Throws {@link AddressRefused},
 * {@link DownloadFailed}, or what the network did.
 */
export async function download(
  given: string,
  allowed: AllowedMedia,
  resolve: Lookup = lookup,
): Promise<{ body: IncomingMessage; url: URL }> {
  let address = given;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const { url, isTrusted } = checkAddress(address, allowed);
    const found = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
    const first = found[0];
    if (!first) throw new AddressRefused('has no address');
    if (!isTrusted && !found.every((one) => isPublicAddress(one.address))) throw new AddressRefused('leads inside');
    const body = await open(url, first);
    const { statusCode: status = 0, headers } = body;
    if (status === 200) return { body, url };
    body.destroy();
    if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) throw new DownloadFailed(status);
    address = URL.parse(headers.location, url.href)?.href ?? '';
  }
  throw new AddressRefused('redirects too often');
}

function open(url: URL, pinned: { address: string; family: number }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, {
      agent: false,
      signal: AbortSignal.timeout(WHOLE_MS),
      headers: { accept: '*/*', 'accept-encoding': 'identity' },
      lookup: (_host, options, done) => {
        if (options.all === true) done(null, [pinned]);
        else done(null, pinned.address, pinned.family);
      },
    });
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error('the file came too slowly')));
    request.once('error', reject);
    request.once('response', (response) => {
      // What breaks later is told by the body.
      request.on('error', (error) => response.destroy(error));
      resolve(response);
    });
    request.end();
  });
}
