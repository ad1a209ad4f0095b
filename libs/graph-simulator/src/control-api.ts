import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CustomerError, type Customers } from './customers';
import { FaultOrder, type Faults } from './faults';
import { policyItem } from './webhook-items';
import type { Webhooks } from './webhooks';
import type { Attachment, World } from './world';
import { threadView, worldView } from './views';

const NewPerson = z.object({
  pageId: z.string(),
  firstName: z.string().trim().min(1).max(100),
  lastName: z.string().trim().max(100).default(''),
  profile: z.enum(['full', 'name', 'none']).default('full'),
  psid: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
});
const PersonChange = z.object({
  reachable: z.enum(['yes', 'unavailable', 'not-receiving']).optional(),
  phoneOff: z.boolean().optional(),
  profile: z.enum(['full', 'name', 'none']).optional(),
});
const File = z.object({
  type: z.enum(['image', 'audio', 'video', 'file']),
  contentType: z.string(),
  fileName: z.string().max(300),
  base64: z.base64(),
});
const Written = z.object({
  text: z.string().max(20_000).optional(),
  replyTo: z.string().optional(),
  quickReply: z.string().optional(),
  standby: z.boolean().optional(),
  files: z.array(File).max(30).default([]),
  location: z.object({ title: z.string(), latitude: z.number(), longitude: z.number() }).optional(),
  share: z.object({ title: z.string(), url: z.string() }).optional(),
});
const PageChange = z.object({
  tokenRevoked: z.boolean().optional(),
  restricted: z.boolean().optional(),
  humanAgent: z.boolean().optional(),
  token: z.string().min(1).optional(),
});
const ClockChange = z.union([
  z.object({ moveBy: z.number().int() }),
  z.object({ moveTo: z.number().int() }),
  z.object({ state: z.enum(['frozen', 'running', 'real']) }),
]);
const Psid = z.object({ psid: z.string() });
const Mid = Psid.extend({ mid: z.string() });

export interface Simulated {
  world: World;
  customers: Customers;
  faults: Faults;
  webhooks: Webhooks;
}

/** What tests, and the page of the simulated phone, steer the simulator with. None of it exists at Meta. */
export function addControlApi(server: FastifyInstance, { world, customers, faults, webhooks }: Simulated): void {
  const at = (path: string) => `/simulator${path}`;
  server.get(at('/health'), () => ({ ok: true }));
  server.get(at('/state'), () => worldView(world, faults, webhooks));
  server.get(at('/events'), (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    reply.raw.write('data: start\n\n');
    const stop = world.watch(() => void reply.raw.write('data: changed\n\n'));
    request.raw.on('close', stop);
  });

  server.post(at('/clock'), ({ body }) => {
    const change = ClockChange.parse(body);
    if ('moveBy' in change) world.clock.moveBy(change.moveBy);
    else if ('moveTo' in change) world.clock.moveTo(change.moveTo);
    else if (change.state === 'frozen') world.clock.freeze();
    else if (change.state === 'running') world.clock.run();
    else world.clock.reset();
    world.changed();
    return { now: world.clock.now() };
  });

  server.post(at('/people'), ({ body }) => customers.create(NewPerson.parse(body)));
  server.patch(at('/people/:psid'), ({ params, body }) => {
    const person = world.person(Psid.parse(params).psid);
    Object.assign(person, PersonChange.parse(body));
    world.changed();
    return person;
  });
  server.get(at('/people/:psid/thread'), ({ params }) => threadView(world, Psid.parse(params).psid));
  server.post(at('/people/:psid/messages'), { bodyLimit: 64 * 1024 * 1024 }, async ({ params, body }) => {
    const { files, location, share, ...written } = Written.parse(body);
    const attachments: Attachment[] = files.map(({ base64, ...file }) =>
      customers.addMedia({ ...file, bytes: Buffer.from(base64, 'base64') }),
    );
    if (location) attachments.push({ kind: 'location', ...location });
    if (share) attachments.push({ kind: 'share', ...share });
    const { mid } = await customers.write(Psid.parse(params).psid, { ...written, attachments });
    return { mid };
  });
  const done = { done: true };
  server.post(at('/people/:psid/messages/:mid/reaction'), async ({ params, body }) => {
    const { psid, mid } = Mid.parse(params);
    await customers.react(psid, mid, z.object({ emoji: z.string().max(32).nullable() }).parse(body).emoji);
    return done;
  });
  server.post(at('/people/:psid/messages/:mid/edit'), async ({ params, body }) => {
    const { psid, mid } = Mid.parse(params);
    await customers.edit(psid, mid, z.object({ text: z.string().min(1).max(20_000) }).parse(body).text);
    return done;
  });
  server.post(at('/people/:psid/messages/:mid/unsend'), async ({ params }) => {
    const { psid, mid } = Mid.parse(params);
    await customers.unsend(psid, mid);
    return done;
  });
  server.post(at('/people/:psid/read'), async ({ params }) => {
    await customers.read(Psid.parse(params).psid);
    return done;
  });
  server.post(at('/people/:psid/postback'), async ({ params, body }) => {
    const { title, payload } = z.object({ title: z.string(), payload: z.string() }).parse(body);
    await customers.postback(Psid.parse(params).psid, title, payload);
    return done;
  });
  server.post(at('/people/:psid/referral'), async ({ params, body }) => {
    await customers.refer(Psid.parse(params).psid, z.object({ ref: z.string() }).parse(body).ref);
    return done;
  });
  server.post(at('/people/:psid/answer-on-facebook'), async ({ params, body }) => {
    const { mid } = await customers.answerOnFacebook(
      Psid.parse(params).psid,
      z.object({ text: z.string().min(1) }).parse(body).text,
    );
    return { mid };
  });

  server.patch(at('/pages/:id'), async ({ params, body }) => {
    const page = world.page(z.object({ id: z.string() }).parse(params).id);
    const change = PageChange.parse(body);
    const restricts = change.restricted !== undefined && change.restricted !== page.restricted;
    Object.assign(page, change);
    world.changed();
    if (restricts) {
      await webhooks.emit(policyItem(page.id, page.restricted ? 'block' : 'unblock', world.clock.now()));
    }
    return { id: page.id, ...change };
  });

  server.post(at('/faults'), ({ body }) => faults.arm(FaultOrder.parse(body)));
  server.delete(at('/faults'), () => {
    faults.disarm();
    return done;
  });

  server.get(at('/webhooks'), () => ({ deliveries: webhooks.deliveries }));
  server.post(at('/webhooks/hold'), () => {
    webhooks.hold();
    return done;
  });
  server.post(at('/webhooks/release'), async ({ body }) => {
    const order = z.enum(['kept', 'reversed', 'shuffled']).default('kept');
    const asked = z.object({ order, singly: z.boolean().default(false) }).parse(body ?? {});
    return { items: await webhooks.release(asked) };
  });
  server.post(at('/webhooks/raw'), { bodyLimit: 16 * 1024 * 1024 }, async ({ body }) => {
    const { appId, json } = z.object({ appId: z.string(), json: z.unknown() }).parse(body);
    return webhooks.deliverJson(appId, json);
  });
  server.post(at('/webhooks/verify'), async ({ body }) => ({
    verified: await webhooks.verify(z.object({ appId: z.string() }).parse(body).appId),
  }));
  server.post(at('/forget-people'), () => {
    world.forgetPeople();
    return done;
  });

  server.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof CustomerError) return reply.code(409).send({ message: error.message });
    if (error instanceof z.ZodError) return reply.code(400).send({ message: z.prettifyError(error) });
    const message = error instanceof Error ? error.message : String(error);
    return reply.code(message.startsWith('There is no') ? 404 : 500).send({ message });
  });
}
