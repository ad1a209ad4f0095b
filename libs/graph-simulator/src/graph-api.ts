import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Fault, Faults } from './faults';
import { GraphError, refusal } from './graph-error';
import { authenticate, type GraphRequest, readGraphRequest, type RawRequest, stringOf } from './graph-request';
import { listConversations, listMessages, readConversation, readMessage, readPage, readProfile } from './graph-reads';
import { RateLimits } from './rate-limits';
import { acceptMessage, acceptSenderAction } from './send-message';
import { deliveryItem, echoItem } from './webhook-items';
import type { Webhooks } from './webhooks';
import { type Message, type Page, WEBHOOK_FIELDS, type World } from './world';

export interface Addresses {
  media: (id: string) => string;
  picture: (psid: string) => string;
}

type Answer = { json: object } | { drop: true } | { status: number; html: string };

/** What Graph answers, apart from HTTP. */
export class GraphApi {
  private readonly limits: RateLimits;

  constructor(
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly faults: Faults,
    private readonly addresses: Addresses,
  ) {
    this.limits = new RateLimits(world);
  }

  async handle(raw: RawRequest, reply: FastifyReply): Promise<void> {
    let page: Page | undefined;
    try {
      const request = await readGraphRequest(raw);
      page = authenticate(this.world, request);
      const answer = await this.answer(page, request);
      void reply.header('X-Business-Use-Case-Usage', this.limits.usage(page.id));
      if ('drop' in answer) cut(reply);
      else if ('html' in answer) await reply.code(answer.status).type('text/html').send(answer.html);
      else await reply.send(answer.json);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (page) void reply.header('X-Business-Use-Case-Usage', this.limits.usage(page.id));
      await reply.code(error.status).send(error.toBody(this.world.ids.trace()));
    }
  }

  private async answer(page: Page, request: GraphRequest): Promise<Answer> {
    const [node = '', edge] = request.path;
    const id = node === 'me' ? page.id : node;
    const isPost = request.method === 'POST';
    if (isPost && edge === 'messages') return this.send(this.ownPage(page, id), request);
    if (edge === 'subscribed_apps') return { json: this.subscription(this.ownPage(page, id), request) };
    if (request.method !== 'GET') throw refusal.unknownPath(request.path.join('/'));
    if (edge === 'conversations' || edge === 'messages' || /^[tm]_/.test(id)) {
      this.limits.take(page.id, 'conversations');
    }
    if (edge === 'conversations') {
      return { json: listConversations(this.world, this.ownPage(page, id), request) };
    }
    if (edge === 'messages') return { json: listMessages(this.world, page, id, request) };
    if (edge !== undefined) throw refusal.unknownPath(request.path.join('/'));
    return { json: this.read(page, id, request) };
  }

  private ownPage(page: Page, id: string): Page {
    if (id === page.id) return page;
    throw this.world.pages.has(id) ? refusal.otherPage() : refusal.noSuchObject(id);
  }

  private read(page: Page, id: string, request: GraphRequest): object {
    if (id === page.id) return readPage(page, request);
    if (id.startsWith('t_')) return readConversation(this.world, page, id, request);
    const message = this.world.message(id);
    if (message) return readMessage(this.world, page, message, request);
    const person = this.world.people.get(id);
    if (person?.pageId !== page.id) throw refusal.noSuchObject(id);
    return readProfile(person, request, this.addresses.picture(id));
  }

  /** Meta: "Page Subscribed Apps". */
  private subscription(page: Page, { method, params }: GraphRequest): object {
    if (method === 'GET') {
      const app = { name: 'Simulated app', id: page.appId, subscribed_fields: [...page.fields] };
      return { data: page.fields.size === 0 ? [] : [app] };
    }
    if (method === 'DELETE') page.fields.clear();
    else {
      const given = params['subscribed_fields'];
      const fields = Array.isArray(given) ? given.map(String) : (stringOf(given) ?? '').split(',');
      if (!fields.every((field) => WEBHOOK_FIELDS.some((known) => known === field))) {
        throw refusal.invalid('Param subscribed_fields names an unknown field');
      }
      page.fields = new Set(fields);
      this.webhooks.switchOn(page.appId);
    }
    this.world.changed();
    return { success: true };
  }

  private async send(page: Page, request: GraphRequest): Promise<Answer> {
    const early = this.faults.strike(page.id, 'drop-before', 'server-error', 'graph-error');
    if (early) return refuse(early);
    if (request.params['sender_action'] !== undefined && request.params['message'] === undefined) {
      return { json: { recipient_id: acceptSenderAction(this.world, page, request).psid } };
    }
    const message = acceptMessage(this.world, this.limits, page, request);
    const echoed = this.echo(page, message);
    const late = this.faults.strike(page.id, 'accept-then-drop', 'accept-then-504', 'slow');
    if (echoed.comesFirst) await echoed.sent;
    if (late?.kind === 'slow') await delay(late.delayMs, undefined, { ref: false });
    if (late?.kind === 'accept-then-drop') return { drop: true };
    if (late?.kind === 'accept-then-504') return { status: 504, html: '<h1>Gateway Timeout</h1>' };
    return { json: { recipient_id: message.psid, message_id: message.mid } };
  }

  /** Emits the echo at once or after the answer, then the delivery mark. */
  private echo(page: Page, message: Message): { comesFirst: boolean; sent: Promise<void> } {
    const { echoFirst, deliveryMs } = this.webhooks.behaviour;
    const silent = this.faults.strike(page.id, 'no-echo') !== undefined;
    const comesFirst =
      this.faults.strike(page.id, 'echo-first') !== undefined || this.world.dice.echoes.happens(echoFirst);
    const emit = () => (silent ? Promise.resolve() : this.webhooks.emit(echoItem(message, this.addresses.media)));
    const sent = comesFirst ? emit() : delay(AFTER_ANSWER_MS, undefined, { ref: false }).then(emit);
    void sent.then(() => delay(deliveryMs, undefined, { ref: false })).then(() => this.markDelivered(message));
    return { comesFirst, sent };
  }

  private async markDelivered(message: Message): Promise<void> {
    const person = this.world.people.get(message.psid);
    if (!person || person.phoneOff || message.deliveredAt !== null) return;
    message.deliveredAt = this.world.clock.now();
    this.world.changed();
    await this.webhooks.emit(deliveryItem(person, [message.mid], message.sentAt));
  }
}

const AFTER_ANSWER_MS = 20;

function refuse(fault: Extract<Fault, { kind: 'drop-before' | 'server-error' | 'graph-error' }>): Answer {
  if (fault.kind === 'drop-before') return { drop: true };
  if (fault.kind === 'graph-error') throw new GraphError(fault.code, fault.subcode, fault.message, fault.status);
  if (fault.html) return { status: fault.status, html: '<h1>Sorry, something went wrong.</h1>' };
  throw new GraphError(2, undefined, 'An unexpected error has occurred. Please retry later.', fault.status);
}

/** Ends the connection in the middle, as a network does. */
function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}
