import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type ChatGatewaySettings, type Site } from './config';

/**
 * Which pages may talk to the gateway. The iframe's own requests carry the gateway's origin, so the page around it is
 * bound by `frame-ancestors` of the iframe's document and by the origins that the iframe accepts messages from;
 * any other origin must stand on a site's list, and then speaks for that site only.
 */
@Injectable()
export class AllowedOrigins {
  private readonly sites: Map<string, Site>;
  private own: Set<string>;

  constructor(@Inject(SETTINGS) private readonly settings: ChatGatewaySettings) {
    this.sites = new Map(settings.CHAT_SITES.map((site) => [site.id, site]));
    this.own = new Set(settings.CHAT_PUBLIC_ORIGINS);
  }

  /** Without configured origins the gateway is reached on this machine only, under the port it got. */
  listeningOn(port: number): void {
    if (this.settings.CHAT_PUBLIC_ORIGINS.length > 0) return;
    this.own = new Set([`http://localhost:${port}`, `http://127.0.0.1:${port}`]);
  }

  site(id: string): Site | undefined {
    return this.sites.get(id);
  }

  /** May this origin open a connection at all? An absent one and `null` (sandboxed, file:) may not. */
  mayConnect(origin: string | undefined): origin is string {
    if (origin === undefined) return false;
    return this.own.has(origin) || this.settings.CHAT_SITES.some((site) => site.origins.includes(origin));
  }

  maySpeakFor(origin: string, site: Site): boolean {
    return this.own.has(origin) || site.origins.includes(origin);
  }

  /** Who may frame the widget of a site: its pages, and the gateway's own demo page when there is one. */
  embedders(site: Site): string[] {
    return this.settings.CONVERSATIONS_DEMO ? [...new Set([...site.origins, ...this.own])] : site.origins;
  }

  /** The gateway's own WebSocket origins: older browsers do not count them as 'self'. */
  ownSockets(): string[] {
    return [...this.own].map((origin) => origin.replace(/^http/, 'ws'));
  }
}
