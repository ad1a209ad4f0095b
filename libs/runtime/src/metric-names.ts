const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every series of the product: dashboards and alerts use these names and labels. */
export const counters = {
  conversations_messages_total: {
    help: 'Messages by channel, direction (in, out) and outcome (stored, duplicate, sent, delivered, failed, unknown, rejected).',
    labels: ['channel', 'direction', 'outcome'],
  },
  conversations_outbox_published_total: { help: 'Outbox rows that the broker acknowledged.', labels: [] },
  conversations_outbox_failures_total: { help: 'Rounds of the outbox relay that ended in an error.', labels: [] },
  conversations_outbox_rebuilds_total: {
    help: 'Times a lost or rolled-back stream was filled again.',
    labels: ['stream'],
  },
  conversations_dead_letters_total: { help: 'Messages that no try could handle; the log says which.', labels: [] },
  conversations_mails_accepted_total: { help: 'Mails taken in, by source (smtp, http, mailbox).', labels: ['source'] },
  conversations_mails_incomplete_total: { help: 'Mails that could not be displayed completely.', labels: [] },
  conversations_requests_total: {
    help: 'Questions asked of other services, by subject and outcome (answered, refused, timeout, unavailable, failed).',
    labels: ['subject', 'outcome'],
  },
  conversations_send_failures_total: {
    help: 'Tries to hand a message over that did not succeed, by channel and reason.',
    labels: ['channel', 'reason'],
  },
  conversations_login_failures_total: { help: 'Sign-ins refused, by reason.', labels: ['reason'] },
  conversations_rejections_total: { help: 'Frames, sockets and requests refused, by limit.', labels: ['limit'] },
  conversations_resyncs_total: { help: 'Subscriptions told to load everything again.', labels: [] },
} as const;

export const gauges = {
  conversations_outbox_waiting_rows: { help: 'Outbox rows not published yet; stops counting at 10,000.', labels: [] },
  conversations_outbox_oldest_seconds: { help: 'Age of the oldest outbox row not published yet.', labels: [] },
  conversations_outbox_owner: { help: '1 in the replica whose relay publishes for the schema.', labels: [] },
  conversations_lanes_held: {
    help: 'Lanes that this replica reads; all replicas together hold each once.',
    labels: [],
  },
  conversations_sends_waiting: { help: 'Messages that wait to be handed over, by channel.', labels: ['channel'] },
  conversations_sends_oldest_seconds: {
    help: 'Age of the oldest message that waits to be handed over, by channel.',
    labels: ['channel'],
  },
  conversations_open_sockets: { help: 'Open WebSockets.', labels: [] },
  conversations_mails_waiting: { help: 'Mails taken in and not worked on yet.', labels: [] },
  conversations_mailboxes_held: { help: 'IMAP mailboxes that this replica reads.', labels: [] },
  conversations_visitors_online: { help: 'Visitors with a live presence, as this replica sees them.', labels: [] },
  conversations_subscriptions: { help: 'GraphQL subscriptions in progress.', labels: [] },
} as const;

export const histograms = {
  conversations_stored_seconds: {
    help: 'From accepting an inbound message to its commit.',
    labels: ['channel'],
    buckets: seconds,
  },
  conversations_pushed_seconds: {
    help: 'From the commit of an event to its push to a screen.',
    labels: ['to'],
    buckets: seconds,
  },
  conversations_outbox_publish_seconds: {
    help: 'From the commit of an event to its acknowledgement by the broker.',
    labels: [],
    buckets: seconds,
  },
  conversations_batch_size: {
    help: 'Messages of one batch of a lane.',
    labels: [],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  },
} as const;

export type CounterName = keyof typeof counters;
export type GaugeName = keyof typeof gauges;
export type HistogramName = keyof typeof histograms;
