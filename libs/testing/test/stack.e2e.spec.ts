import {
  eventually,
  mintVisitorToken,
  type ServiceProcess,
  type Stack,
  startStack,
  visitorIdOf,
} from '@conversations/testing';

const texts = (items: { text: string }[]) => items.map(({ text }) => text);

describe('a stack with two replicas of every service', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ replicas: 2 });
  }, 120_000);
  afterAll(() => stack.stop(), 60_000);

  const revive = async (service: ServiceProcess) => {
    await service.kill();
    await service.restart();
  };

  it('lets a widget and an agent keep their thread whole while services and the broker are killed', async () => {
    const agent = await stack.signIn('amelie');
    const inbox = await agent.followInbox();
    const widget = stack.widget({ locale: 'en' });
    await widget.connect();
    await widget.write('message 0');
    const id = await eventually(() => {
      const [conversation] = [...inbox.conversations.values()];
      if (!conversation) throw new Error('the inbox is empty');
      return conversation.id;
    });
    const feed = await agent.followConversation(id);
    const expected = Array.from({ length: 41 }, (_, index) => `message ${String(index)}`);

    for (const text of expected.slice(1, 21)) widget.send(text);
    await Promise.all(Object.values(stack.services).map(([first]) => revive(first!)));
    for (const text of expected.slice(21)) widget.send(text);
    await stack.nats.kill();
    await stack.nats.restart();

    await eventually(() => expect(widget.unacknowledged).toBe(0), { timeoutMs: 60_000 });
    expect(texts(widget.thread)).toEqual(expected);
    await eventually(() => expect(texts(feed.messages)).toEqual(expected), { timeoutMs: 30_000 });
    // The other gateway may still be on its way back to the broker.
    const { timeline } = await eventually(() => agent.thread(id), { timeoutMs: 30_000 });
    expect(timeline.flatMap((item) => (item.__typename === 'Message' ? [item.text] : []))).toEqual(expected);

    await eventually(() => agent.reply(id, 'an answer'), { timeoutMs: 30_000 });
    await eventually(() => expect(texts(widget.thread).at(-1)).toBe('an answer'));
    await widget.close();
    await agent.close();
  }, 180_000);

  it('takes a token that a test minted, over any replica, as one visitor', async () => {
    const { chatTokenSecret } = stack.installation;
    const token = mintVisitorToken(chatTokenSecret, 'site_demo');
    const widgets = stack.chatUrls.map((url) => stack.widget({ urls: [url], origin: stack.chatUrls[0], token }));
    await Promise.all(widgets.map((widget) => widget.connect()));
    const acks = await Promise.all(widgets.map((widget, index) => widget.write(`tab ${String(index)}`)));
    expect(acks.map(({ seq }) => seq).sort()).toEqual([1, 2]);
    expect(widgets.map(({ visitor }) => visitor)).toEqual(widgets.map(() => visitorIdOf(token)));
    await Promise.all(widgets.map((widget) => widget.close()));
  });
});
