import '@conversations/runtime/telemetry';
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Messaging } from '@conversations/messaging';
import { nestLogger, runService } from '@conversations/runtime';
import { AllowedOrigins } from './allowed-origin';
import { AppModule } from './app.module';
import { ChatGatewaySettings } from './config';
import { HttpErrors } from './http-errors';
import { HttpFallback } from './http-fallback';
import { Presence } from './presence';
import { VisitorFiles } from './visitor-files';
import { WidgetGateway } from './widget.gateway';

const BODY_BYTES = 16 * 1024;
/** Beyond the drain window: messages that are about to be acknowledged. */
const DRAIN_EXTRA_MS = 5_000;

void runService({
  name: 'chat-gateway',
  settings: ChatGatewaySettings,
  async start(context) {
    const { settings, log, health, metrics } = context;
    const messaging = await Messaging.connect({
      servers: settings.NATS_URL,
      user: settings.NATS_USER,
      password: settings.NATS_PASSWORD,
      name: 'chat-gateway',
      log,
      metrics,
    });
    context.onStop('messaging', () => messaging.drain());
    health.addReadiness('broker', () =>
      messaging.isConnected ? Promise.resolve() : Promise.reject(new Error('not connected')),
    );
    const presence = await messaging.presence();

    Logger.overrideLogger(nestLogger(log));
    const adapter = new FastifyAdapter({ bodyLimit: BODY_BYTES, routerOptions: { ignoreTrailingSlash: true } });
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.of({ settings, log, metrics, messaging, presence }),
      adapter,
    );
    app.useGlobalFilters(new HttpErrors(log));
    context.onStop('http', () => app.close());
    const gateway = app.get(WidgetGateway);
    const origins = app.get(AllowedOrigins);
    origins.listeningOn(settings.CHAT_GATEWAY_PORT);
    app.get(VisitorFiles).listen(adapter.getInstance());
    gateway.listen(app.getHttpServer());
    await app.listen(settings.CHAT_GATEWAY_PORT, settings.CHAT_GATEWAY_HOST);
    const { port } = app.getHttpServer().address() as AddressInfo;
    origins.listeningOn(port);
    await app.get(Presence).begin();
    context.onStop(
      'sockets',
      () => {
        app.get(HttpFallback).release();
        return gateway.drain();
      },
      { timeoutMs: settings.CHAT_DRAIN_SECONDS * 1000 + DRAIN_EXTRA_MS },
    );
    log.info({ port }, 'chat.listening');
  },
});
