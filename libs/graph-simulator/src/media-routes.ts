import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { portrait } from './portrait';
import type { World } from './world';

/** What Meta serves from its CDN: the files of messages, and people's pictures. */
export function addMediaRoutes(server: FastifyInstance, world: World): void {
  server.get('/media/:id', (request, reply) => {
    const media = world.media.get(z.object({ id: z.string() }).parse(request.params).id);
    if (!media) return reply.code(404).send({ message: 'There is no such file' });
    void reply.header('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(media.fileName)}`);
    // Whoever wrote the file must not run it here.
    void reply.header('Content-Security-Policy', "default-src 'none'; sandbox");
    void reply.header('X-Content-Type-Options', 'nosniff');
    return reply.type(media.contentType).send(media.bytes);
  });
  server.get('/pictures/:psid', (request, reply) => {
    const person = world.people.get(z.object({ psid: z.string() }).parse(request.params).psid);
    if (!person) return reply.code(404).send({ message: 'There is no such person' });
    void reply.header('Content-Security-Policy', "default-src 'none'; sandbox");
    return reply.type('image/png').send(portrait(person.psid));
  });
}
