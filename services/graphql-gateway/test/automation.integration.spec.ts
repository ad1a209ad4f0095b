import { type AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { graphql, RawSocket } from './raw-requests';

let stack: Stack;
let admin: AgentClient;
let vera: AgentClient;

beforeAll(async () => {
  stack = await startStack();
  [admin, vera] = await Promise.all([stack.signIn('admin'), stack.signIn('vera')]);
}, 120_000);
afterAll(() => stack.stop());

const FLOW = `id botName version enabled trigger { kind urlContains } publishedAt publishedBy { displayName }
  openingHours { timeZone weekly { day opensAt closesAt } holidays }
  steps { __typename id ...Step ... on AvailabilityStep {
    open { id ...Step ... on AvailabilityStep { open { id ...Step ... on AvailabilityStep { open { id ...Step } closed { id } } } closed { id } } }
    closed { id ...Step } } }`;
const STEP = `fragment Step on ChatbotStep { ... on MessageStep { text } ... on WaitStep { seconds } ... on HandoffStep { note: text }
  ... on FormStep { prompt submitLabel fields { key label required } } }`;
const ERRORS = `errors { __typename code message path
  ... on StaleVersionError { currentVersion current { id ... on ChatbotAutomation { version botName } } } }`;

interface Flow {
  version: number;
  [field: string]: unknown;
}
interface Payload {
  automation: Flow | null;
  errors: { code: string; path: string[]; [field: string]: unknown }[];
}

const flow = async (agent = vera, version: number | null = null) =>
  (
    await agent.request<{ flow: Flow | null }>(
      `query ($version: Int) { flow: chatbotAutomation(version: $version) { ${FLOW} } } ${STEP}`,
      { version },
    )
  ).flow;
const save = async (input: object) =>
  (
    await admin.request<{ saved: Payload }>(
      `mutation ($input: SaveChatbotAutomationInput!) { saved: saveChatbotAutomation(input: $input) { automation { ${FLOW} } ${ERRORS} } } ${STEP}`,
      { input },
    )
  ).saved;
const restore = async (input: object) =>
  (
    await admin.request<{ saved: Payload }>(
      `mutation ($input: RestoreChatbotAutomationInput!) { saved: restoreChatbotAutomation(input: $input) { automation { ${FLOW} } ${ERRORS} } } ${STEP}`,
      { input },
    )
  ).saved;

const form = {
  ...{ id: 'who', prompt: 'Who are you?', submitLabel: 'Send' },
  fields: [{ key: 'EMAIL', label: 'Email', required: true }],
};
const written = (more: object = {}) => ({
  ...{ enabled: true, botName: 'Robin', trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE' } },
  steps: [
    { message: { id: 'hello', text: 'Hello' } },
    { wait: { seconds: 60 } },
    { availability: { open: [{ form }], closed: [{ handoff: { text: 'Tomorrow' } }] } },
    { handoff: {} },
  ],
  openingHours: {
    timeZone: 'Europe/Paris',
    weekly: [{ day: 'MONDAY', opensAt: '09:00', closesAt: '17:30' }],
    holidays: ['2026-12-25'],
  },
  ...more,
});

it('everybody reads the preconfigured flow', async () => {
  expect(await flow()).toMatchObject({
    ...{ id: 'automation', version: 1, enabled: false, botName: 'Assistant', publishedBy: null, openingHours: null },
    steps: [
      { __typename: 'MessageStep', id: 'greeting', text: expect.stringContaining('Hello') },
      {
        __typename: 'FormStep',
        fields: [
          { key: 'EMAIL', required: true },
          { key: 'NAME', required: false },
        ],
      },
      { __typename: 'HandoffStep' },
    ],
  });
});

it('an admin publishes a version, reads earlier ones and brings one back; open editors hear of it', async () => {
  const socket = await new RawSocket(stack.gatewayUrls[0]!, {
    cookie: admin.cookie,
    origin: stack.installation.publicOrigin,
  }).acknowledged();
  socket.subscribe(
    '1',
    `subscription { inboxChanged { __typename ... on StreamEvent { cursor }
      ... on ChatbotAutomationPublished { published { version enabled publishedBy { displayName } } } } }`,
  );
  await eventually(() => expect(socket.events('1').length).toBeGreaterThan(0));

  const first = await flow();
  const { automation, errors } = await save({ expectedVersion: 1, ...written() });
  expect(errors).toEqual([]);
  expect(automation).toMatchObject({
    ...{ version: 2, enabled: true, botName: 'Robin', publishedBy: { displayName: expect.any(String) } },
    openingHours: written().openingHours,
    steps: [
      { id: 'hello', text: 'Hello' },
      { id: expect.stringMatching(/^stp_/), seconds: 60 },
      { open: [{ id: 'who', fields: form.fields }], closed: [{ note: 'Tomorrow' }] },
      { __typename: 'HandoffStep', note: null },
    ],
  });
  expect(await flow()).toEqual(automation);
  expect(await flow(vera, 1)).toEqual(first);
  expect(await flow(vera, 3)).toBeNull();

  const back = await restore({ version: 1, expectedVersion: 2 });
  expect(back.automation).toMatchObject({ version: 3, botName: 'Assistant', steps: first?.['steps'] });
  expect(await restore({ version: 9, expectedVersion: 3 })).toMatchObject({
    ...{ automation: null, errors: [{ code: 'NOT_FOUND', path: ['input', 'version'] }] },
  });
  const { versions } = await vera.request<{ versions: unknown[] }>(
    '{ versions: chatbotAutomationVersions(first: 2) { version enabled publishedBy { displayName } } }',
  );
  expect(versions).toMatchObject([
    { version: 3, enabled: false },
    { version: 2, enabled: true },
  ]);
  await eventually(() =>
    expect(
      socket.events('1').flatMap((event) => (event.__typename === 'ChatbotAutomationPublished' ? [event] : [])),
    ).toMatchObject([{ published: { version: 2, enabled: true } }, { published: { version: 3, enabled: false } }]),
  );
  socket.close();
});

it('the second of two admins is shown what the first one published', async () => {
  const { version } = (await flow())!;
  await save({ expectedVersion: version, ...written() });
  const { automation, errors } = await save({ expectedVersion: version, ...written({ botName: 'Other' }) });
  expect(automation).toBeNull();
  expect(errors).toMatchObject([
    {
      ...{ __typename: 'StaleVersionError', code: 'STALE_VERSION', path: ['input', 'expectedVersion'] },
      ...{ currentVersion: version + 1, current: { id: 'automation', version: version + 1, botName: 'Robin' } },
    },
  ]);
});

it('everything that keeps a flow from being published comes at once, by its path', async () => {
  const { version } = (await flow())!;
  const steps = [
    { message: { text: ' ' } },
    { availability: { open: [{ wait: { seconds: 0 } }], closed: [{ form: { ...form, fields: [] } }] } },
  ];
  const { errors } = await save({
    expectedVersion: version,
    ...written({ steps, openingHours: { timeZone: 'Mars', weekly: [] } }),
  });
  expect(errors.map(({ code, path }) => [code, path.join('.')])).toEqual([
    ['INVALID_INPUT', 'input.steps.0.message.text'],
    ['INVALID_INPUT', 'input.steps.1.availability.open.0.wait.seconds'],
    ['INVALID_INPUT', 'input.steps.1.availability.closed.0.form.fields'],
    ['INVALID_INPUT', 'input.openingHours.timeZone'],
  ]);
  const opened = await save({
    expectedVersion: version,
    ...written({ trigger: { kind: 'PAGE_OPENED', urlContains: ' ' } }),
  });
  expect(opened.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'trigger', 'urlContains'] }]);
});

it('agents see who the bot was, what it asked and that it handed over', async () => {
  const { version } = (await flow())!;
  await save({ expectedVersion: version, ...written({ steps: [{ form }, { handoff: {} }], openingHours: null }) });
  const widget = stack.widget();
  await widget.connect();
  await widget.write('Hello');
  await eventually(() => expect(widget.thread).toHaveLength(2));
  const [conversation] = await vera.inbox();
  const clientId = crypto.randomUUID();
  widget.transmit({ t: 'form', formId: 'who', clientId, values: { email: 'ann@example.com' } });
  await widget.acked(clientId);
  const { body } = await graphql(
    stack.gatewayUrls[0]!,
    vera.cookie,
    `{ conversation(id: "${conversation!.id}") { unread waitingForReply timeline { nodes { __typename
      ... on Message { text author { __typename ... on ChatbotAutomation { id botName } } askedForm { formId submitLabel fields { key label required } }
        form { formId answers { key value } } }
      ... on ConversationActivity { kind stamp { byAutomation { botName } } } } } } }`,
  );
  expect(body.data).toMatchObject({
    conversation: {
      ...{ unread: true, waitingForReply: true },
      timeline: {
        nodes: [
          { kind: 'OPENED' },
          { text: 'Hello', askedForm: null },
          {
            author: { __typename: 'ChatbotAutomation', id: 'automation', botName: 'Robin' },
            askedForm: { formId: 'who', submitLabel: 'Send', fields: form.fields },
          },
          { form: { formId: 'who', answers: [{ key: 'email', value: 'ann@example.com' }] } },
          { kind: 'EMAIL_COLLECTED' },
          { kind: 'AUTOMATION_HANDED_OFF', stamp: { byAutomation: { botName: 'Robin' } } },
        ],
      },
    },
  });
  await widget.close();
});
