import { createDataSource } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import type { GatewaySettings } from './config';

export const SCHEMA = 'gateway';

/** Accounts and sessions are read and written by plain SQL: there is nothing of them to keep as objects. */
export const createGatewayDataSource = (settings: GatewaySettings, log: Logger) =>
  createDataSource({ settings, schema: SCHEMA, entities: [], applicationName: 'graphql-gateway', log });
