import { eventually, type ImapServer, startImapServer } from '@conversations/testing';
import { type InboundService, mail, startInbound } from './inbound-service';
import { startTokenServer, type TokenServer } from './token-server';

const USER = 'support';

describe.each(['oauthbearer', 'xoauth2'] as const)(
  'a mailbox on a real Dovecot that takes tokens only, by %s',
  (mechanism) => {
    let tokens: TokenServer;
    let imap: ImapServer;
    let service: InboundService;
    beforeAll(async () => {
      tokens = await startTokenServer(USER);
      imap = await startImapServer({ oauth: { mechanism, tokenInfoUrl: tokens.tokenInfoUrl } });
      imap.deliver(USER, mail({ Subject: 'There before' }));
      const { tokenUrl, refreshToken, clientSecret } = tokens;
      const server = { host: imap.host, port: imap.port, tls: 'none', user: USER, history: 'all' };
      const oauth = { tokenUrl, refreshToken, clientId: 'conversations', clientSecret };
      service = await startInbound({
        EMAIL_SMTP: 'off',
        NODE_EXTRA_CA_CERTS: tokens.certFile,
        EMAIL_MAILBOXES: JSON.stringify([
          { id: 'refreshed', ...server, oauth },
          { id: 'fixed', ...server, accessToken: tokens.issue() },
        ]),
      });
    }, 240_000);
    afterAll(async () => {
      await service?.stop();
      await imap?.stop();
      await tokens?.stop();
    }, 60_000);

    const stateOf = async (id: string) =>
      (await service.channels()).channels.find((channel) => channel.id === `mailbox:${id}`);

    test('is read with a given access token, and with one that the refresh token brings', async () => {
      await service.messageAbout('There before');
      for (const id of ['fixed', 'refreshed'])
        await eventually(async () => expect(await stateOf(id)).toMatchObject({ health: 'OK', detail: null }), {
          timeoutMs: 20_000,
        });
    }, 60_000);

    test('is read on with a new access token when the old one has expired, while a given one is told as refused', async () => {
      const before = tokens.issued.length;
      tokens.expire();
      await imap.kick(USER);
      imap.deliver(USER, mail({ Subject: 'After the expiry' }));
      await service.messageAbout('After the expiry');
      expect(tokens.issued.length).toBeGreaterThan(before);
      await eventually(async () => expect(await stateOf('refreshed')).toMatchObject({ health: 'OK', detail: null }), {
        timeoutMs: 20_000,
      });
      await eventually(
        async () =>
          expect(await stateOf('fixed')).toMatchObject({
            health: 'NEEDS_ATTENTION',
            detail: expect.stringContaining('the server refused the access token') as string,
          }),
        { timeoutMs: 20_000 },
      );
    }, 60_000);

    test('whose refresh token is refused says so, and is read again when it counts again', async () => {
      tokens.isWilling = false;
      tokens.expire();
      await imap.kick(USER);
      imap.deliver(USER, mail({ Subject: 'While refused' }));
      await eventually(
        async () =>
          expect(await stateOf('refreshed')).toMatchObject({
            health: 'NEEDS_ATTENTION',
            detail: expect.stringContaining('the token server refused the refresh token (400)') as string,
          }),
        { timeoutMs: 20_000 },
      );
      tokens.isWilling = true;
      await service.messageAbout('While refused');
    }, 60_000);

    test('leaves no token in the log', () => {
      const logs = service.replicas[0]!.logs();
      for (const secret of [...tokens.issued, tokens.refreshToken, tokens.clientSecret])
        expect(logs).not.toContain(secret);
    });
  },
);
