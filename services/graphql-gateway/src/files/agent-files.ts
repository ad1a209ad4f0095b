import { isImage, newBlobKey, openBlobStore, serveFile, serveUploads, UploadRefused } from '@conversations/blob-store';
import {
  CompleteUpload,
  FindAttachment,
  GetMailBodies,
  GetMessengerProfiles,
  MAX_ATTACHMENTS,
  MessageId,
  MessengerProfileId,
  ReserveUpload,
} from '@conversations/contracts';
import { Messaging, UpstreamTimeout, UpstreamUnavailable } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role, SignedIn } from '../auth/agent';
import type { SessionCookie } from '../auth/session-cookie';
import type { Sessions } from '../auth/sessions';
import type { GatewaySettings } from '../config';
import { UPLOAD_PATH } from '../http-guard';
import { mayAct } from '../roles';

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get body() {
    return { error: { code: this.code, message: this.message } };
  }
}

interface Parts {
  settings: GatewaySettings;
  sessions: Sessions;
  cookie: SessionCookie;
  messaging: Messaging;
  log: Logger;
}

/**
 * `POST /uploads`, `GET /attachments/:id`, `GET /originals/:id`, the mail of a message as it came in, and
 * `GET /messenger-profiles/:id/avatar`: files from and for agents, past GraphQL.
 */
export function serveAgentFiles(fastify: FastifyInstance, { settings, sessions, cookie, messaging, log }: Parts): void {
  const store = openBlobStore(settings);
  const underway = new Map<string, number>();

  const signedIn = async (request: FastifyRequest, least: Role): Promise<SignedIn> => {
    const viewer = await sessions.find(cookie.read(request.headers.cookie));
    if (viewer === null) throw new Refused(401, 'UNAUTHENTICATED', 'Sign in first');
    if (!mayAct(viewer.agent.role, least)) throw new Refused(403, 'FORBIDDEN', `This needs the role ${least}`);
    return viewer;
  };
  const describe = (error: unknown) => {
    if (error instanceof Refused) return error;
    const isAway = error instanceof UpstreamTimeout || error instanceof UpstreamUnavailable;
    return isAway ? new UploadRefused('STORAGE_UNAVAILABLE') : null;
  };

  serveUploads(fastify, {
    path: UPLOAD_PATH,
    store,
    log,
    describe,
    reserve: async (request) => {
      const { agent } = await signedIn(request, 'AGENT');
      takePlace(underway, agent.id, request);
      const storageKey = newBlobKey();
      const { id } = await messaging.request(ReserveUpload, { owner: { kind: 'agent', id: agent.id }, storageKey });
      return {
        key: storageKey,
        complete: async (file) => (await messaging.request(CompleteUpload, { id, ...file })).attachment,
      };
    },
  });

  const serve = (url: string, find: (id: string) => Promise<Parameters<typeof serveFile>[3]>) =>
    fastify.route<{ Params: { id: string } }>({
      method: ['GET', 'HEAD'],
      url,
      handler: async (request, reply) => {
        try {
          await signedIn(request, 'VIEWER');
          return await serveFile(request, reply, { store, log }, await find(request.params.id));
        } catch (error) {
          const refusal = describe(error);
          if (refusal === null) throw error;
          return reply.code(refusal.status).send(refusal.body);
        }
      },
    });
  serve('/attachments/:id', async (id) => {
    const { attachment } = await messaging.request(FindAttachment, { id, visitorId: null });
    return attachment;
  });
  serve('/originals/:id', async (id) => {
    if (!MessageId.safeParse(id).success) return null;
    const { items } = await messaging.request(GetMailBodies, { ids: [id] });
    const storageKey = items[0]?.rawKey ?? null;
    if (storageKey === null) return null;
    return { storageKey, filename: `${id}.eml`, contentType: 'message/rfc822', byteSize: null };
  });
  serve('/messenger-profiles/:id/avatar', async (id) => {
    if (!MessengerProfileId.safeParse(id).success) return null;
    const { items } = await messaging.request(GetMessengerProfiles, { ids: [id] });
    const avatar = items[0]?.avatar;
    if (avatar == null || !isImage(avatar.contentType)) return null;
    return { ...avatar, filename: 'avatar', byteSize: null };
  });
}

/** One agent sends as many files at once as one message may have. */
function takePlace(underway: Map<string, number>, agentId: string, { raw }: FastifyRequest): void {
  const taken = underway.get(agentId) ?? 0;
  if (taken >= MAX_ATTACHMENTS) throw new UploadRefused('TOO_MANY', 1_000);
  underway.set(agentId, taken + 1);
  raw.once('close', () => {
    const left = (underway.get(agentId) ?? 1) - 1;
    if (left > 0) underway.set(agentId, left);
    else underway.delete(agentId);
  });
}
