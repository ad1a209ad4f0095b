import { EmailMessageReceived } from '@conversations/contracts';
import { buryInOutbox, Database, emit, type Tx } from '@conversations/persistence';
import { type Logger, Metrics, newId } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { type EmailSettings, LOG, SETTINGS } from '../config';
import { NoteBounce } from '../outbound/note-bounce';
import { THREAD_SIGNS } from '../threading/read-signs';
import type { ThreadSigns } from '../threading/thread-signs';
import { AttributeAuthor } from './attribute-author';
import { mayStillAutoReply } from './auto-reply-cap';
import { type Authorship, composeReceived, idempotencyKeyOf } from './compose-received';
import type { ParsedMail } from './parsed-mail';
import { endMail, type RawMail } from './raw-mail';
import { ReadRaw } from './read-raw';
import { StoreContent } from './store-content';
import { VerifySender } from './verify-sender';

/** What became of a mail, for its row and for the metrics. */
type Outcome = 'received' | 'incomplete' | 'duplicate' | 'bounce' | 'own' | 'circle' | 'auto-reply-cap';

/** An accepted mail becomes a message, or is noted as what it is otherwise. */
@Injectable()
export class ReceiveMail {
  constructor(
    private readonly database: Database,
    private readonly reading: ReadRaw,
    private readonly authors: AttributeAuthor,
    private readonly contents: StoreContent,
    private readonly verifying: VerifySender,
    private readonly bounces: NoteBounce,
    private readonly metrics: Metrics,
    @Inject(THREAD_SIGNS) private readonly signs: ThreadSigns,
    @Inject(SETTINGS) private readonly settings: EmailSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** `turn` resolves when the mails before this one have been received. */
  async run(raw: RawMail, turn: () => Promise<void>): Promise<void> {
    const { parsed, raw: bytes } = await this.reading.run(raw);
    const outcome = await this.receive(raw, await this.verifying.run(raw, bytes, parsed), turn);
    this.metrics.counter('conversations_messages_total').inc({ channel: 'email', direction: 'in', outcome });
    this.metrics
      .histogram('conversations_stored_seconds')
      .observe({ channel: 'email' }, (Date.now() - raw.receivedAt.getTime()) / 1_000);
    if (parsed.incomplete !== null || outcome !== 'received')
      this.log.info({ rawId: raw.id, outcome, reason: parsed.incomplete }, 'mail.ended');
  }

  private async receive(raw: RawMail, mail: ParsedMail, turn: () => Promise<void>): Promise<Outcome> {
    if (!raw.isReplay && this.signs.isOurs(namedValues(mail))) return this.setAside(raw, 'own');
    if (!raw.isReplay && mail.inCircles) return this.setAside(raw, 'circle');
    if (mail.bounce && (await this.noteBounce(raw, mail))) return 'bounce';
    const author = await this.authors.run(raw, mail);
    const stored = await this.contents.run(mail);
    const messageId = newId('msg');
    const received = composeReceived(raw, mail, author, stored, { signs: this.signs, messageId });
    await turn();
    return this.database.transaction(async (tx) => {
      const outcome = await this.outcomeIn(tx, raw, mail, author, messageId);
      if (outcome !== 'received' && outcome !== 'incomplete') return outcome;
      if (mail.incomplete !== null) await this.bury(tx, raw, mail.incomplete);
      await emit(tx, EmailMessageReceived, received.threadKey, received);
      return outcome;
    });
  }

  /** Notes the mail as ended; the message follows only for those that are new. */
  private async outcomeIn(
    tx: Tx,
    raw: RawMail,
    mail: ParsedMail,
    { from }: Authorship,
    messageId: string,
  ): Promise<Outcome> {
    const { EMAIL_AUTO_REPLIES_PER_HOUR: perHour } = this.settings;
    const capped = !raw.isReplay && mail.automatic === 'reply' && !(await mayStillAutoReply(tx, from.address, perHour));
    const first = capped ? undefined : await firstMessage(tx, idempotencyKeyOf(mail, raw.id), messageId, raw.id);
    const isNew = first === messageId;
    const outcome = capped
      ? 'auto-reply-cap'
      : !isNew
        ? 'duplicate'
        : mail.incomplete === null
          ? 'received'
          : 'incomplete';
    const state = capped ? 'SET_ASIDE' : outcome === 'incomplete' ? 'INCOMPLETE' : 'RECEIVED';
    const failure = mail.incomplete ?? undefined;
    const ended = await endMail(tx, raw.id, { state, outcome, failure, messageId: first });
    if (!ended) throw new Error('another worker ended this mail');
    return outcome;
  }

  private noteBounce(raw: RawMail, mail: ParsedMail): Promise<boolean> {
    const { bounce } = mail;
    return this.database.transaction(async (tx) => {
      if (bounce === null) return false;
      const recipients = [...new Set([...bounce.recipients, ...raw.envelope.to.map((to) => to.toLowerCase())])];
      if (!(await this.bounces.run(tx, { ...bounce, recipients, at: raw.receivedAt }))) return false;
      await endMail(tx, raw.id, { state: 'RECEIVED', outcome: 'bounce' });
      return true;
    });
  }

  private async setAside(raw: RawMail, outcome: 'own' | 'circle'): Promise<Outcome> {
    await this.database.transaction((tx) => endMail(tx, raw.id, { state: 'SET_ASIDE', outcome }));
    return outcome;
  }

  private bury(tx: Tx, raw: RawMail, reason: string): Promise<void> {
    const original = { rawId: raw.id, source: raw.source, receivedAt: raw.receivedAt.toISOString() };
    return buryInOutbox(tx, {
      subject: 'in.email.raw-mail',
      handler: 'email-ingest-parse',
      reason,
      key: raw.id,
      original,
    });
  }
}

/** The message of the first mail with this key; the same mail may be on its way twice, in two transactions at once. */
async function firstMessage(tx: Tx, key: string, messageId: string, rawId: string): Promise<string> {
  await tx.query(
    `INSERT INTO message_seen (idempotency_key, message_id, raw_id) VALUES ($1, $2, $3)
     ON CONFLICT (idempotency_key) DO NOTHING`,
    [key, messageId, rawId],
  );
  const [seen] = await tx.query<{ messageId: string }[]>(
    'SELECT message_id AS "messageId" FROM message_seen WHERE idempotency_key = $1',
    [key],
  );
  return seen?.messageId ?? messageId;
}

function namedValues({ header }: ParsedMail): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of header) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}
