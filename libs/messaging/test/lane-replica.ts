import {
  createDataSource,
  InboundPositionMigration,
  migrate,
  PostgresLaneStore,
  type Tx,
} from '@conversations/persistence';
import { createLogger } from '@conversations/runtime';
import type { PostgresServer } from '@conversations/testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { type LaneRunner, type LaneStore, type Messaging, runLanes } from '../src/index';
import type { LaneBatch } from '../src/index';

const SCHEMA = 'lanes';
const ROLE = 'lanes_service';
const PASSWORD = 'only for this test';
const log = createLogger('lanes-test', { level: 'silent' });

/** No unique key on purpose: a message that is handled twice shows. */
class ReceivedMigration implements MigrationInterface {
  readonly name = 'Received1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE received (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, replica text, key text, n integer, batch integer)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE received');
  }
}

export interface Received {
  replica: string;
  key: string;
  n: number;
  /** How many messages its transaction held. */
  batch: number;
}

interface Step {
  key: string;
  n: number;
}

/** The database that lanes write to, and replicas of a service that reads them. */
export class LaneDatabase {
  private readonly opened: DataSource[] = [];

  constructor(private readonly postgres: PostgresServer) {}

  private get admin() {
    const { host, port, user, password } = this.postgres;
    return {
      DATABASE_HOST: host,
      DATABASE_PORT: port,
      DATABASE_NAME: 'lanes',
      DATABASE_ADMIN_USER: user,
      DATABASE_ADMIN_PASSWORD: password,
    };
  }

  async prepare(): Promise<void> {
    await this.postgres.createDatabase('lanes');
    await migrate({
      admin: this.admin,
      service: 'lanes',
      schema: SCHEMA,
      role: ROLE,
      rolePassword: PASSWORD,
      migrations: [InboundPositionMigration, ReceivedMigration],
      grants: [
        { table: 'received', privileges: ['DELETE'] },
        { table: 'inbound_position', privileges: ['DELETE'] },
      ],
      log,
    });
  }

  async open(name = 'reader'): Promise<DataSource> {
    const dataSource = await createDataSource({
      settings: { ...this.admin, DATABASE_USER: ROLE, DATABASE_PASSWORD: PASSWORD, DATABASE_POOL: 10 },
      schema: SCHEMA,
      entities: [],
      applicationName: name,
      log,
    }).initialize();
    this.opened.push(dataSource);
    return dataSource;
  }

  async close(): Promise<void> {
    await Promise.all(this.opened.filter(({ isInitialized }) => isInitialized).map((each) => each.destroy()));
  }
}

export interface Replica {
  runner: LaneRunner;
  dataSource: DataSource;
  store: PostgresLaneStore;
}

/** Handles batches by writing one row per message, in one statement; `before` may fail or wait. */
export function startReplica(options: {
  name: string;
  messaging: Messaging;
  dataSource: DataSource;
  lanes?: number;
  store?: LaneStore<Tx>;
  before?: (batch: LaneBatch<Tx>) => Promise<void> | void;
}): Replica {
  const { name, messaging, dataSource, lanes, before } = options;
  const store = new PostgresLaneStore(dataSource, SCHEMA);
  const runner = runLanes<Tx>({
    messaging,
    stream: 'INBOUND',
    store: options.store ?? store,
    ...(lanes === undefined ? {} : { lanes }),
    async handle(batch) {
      await before?.(batch);
      const steps = batch.messages.map(({ envelope }) => envelope.data as Step);
      await batch.tx.query(
        `INSERT INTO received (replica, key, n, batch)
         SELECT $1, key, n, $4 FROM unnest($2::text[], $3::integer[]) WITH ORDINALITY AS step (key, n, at) ORDER BY at`,
        [name, steps.map(({ key }) => key), steps.map(({ n }) => n), steps.length],
      );
    },
  });
  return { runner, dataSource, store };
}

export const received = (dataSource: DataSource): Promise<Received[]> =>
  dataSource.query<Received[]>('SELECT replica, key, n, batch FROM received ORDER BY id');
