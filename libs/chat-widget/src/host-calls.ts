import type { WidgetFrame } from '@conversations/contracts';
import type { ToFrame, VisitedPage } from './frame-messages';
import { parsed } from './parsed';
import { readCall } from './script-calls';

type Claim = Omit<Extract<WidgetFrame, { t: 'contact' }>, 't'>;

/** What the host page says of its visitor: where they are, and who. */
export class HostCalls {
  page: VisitedPage | null;
  private jwt: string | null = null;
  private contact: Claim | null = null;

  constructor(
    init: Pick<Extract<ToFrame, { t: 'init' }>, 'page' | 'calls'>,
    /** False: there is no connection now. */
    private readonly send: (frame: WidgetFrame) => boolean,
  ) {
    this.page = init.page;
    for (const [verb, json] of Object.entries(init.calls)) this.called(verb, json);
  }

  moved(page: VisitedPage): void {
    this.page = page;
    this.send({ t: 'page', ...page });
  }

  /** A script of the page may ask for anything: what cannot be is refused where its author looks. */
  called(verb: string, json: string): void {
    const call = readCall(verb, parsed(json));
    if (typeof call === 'string') {
      // eslint-disable-next-line no-console -- It is for whoever wrote the page.
      console.warn(`Conversations: ${call}`);
      return;
    }
    if (call.verb === 'page') {
      const { url, title } = { ...this.page, ...call.page };
      if (url !== undefined) this.moved({ url, title });
      return;
    }
    if (call.verb === 'identify') this.jwt = call.jwt;
    else this.contact = call.contact;
    this.introduce();
  }

  /** A token is good for one use; a claim is repeated, because the gateway keeps nothing of a visitor who has not written. */
  introduce(): void {
    if (this.jwt !== null && this.send({ t: 'identify', jwt: this.jwt })) this.jwt = null;
    if (this.contact !== null) this.send({ t: 'contact', ...this.contact });
  }
}
