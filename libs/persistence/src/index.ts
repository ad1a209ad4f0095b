export { createDataSource, openDataSource, type DatabaseSettingsValues } from './data-source';
export { Database, type Tx } from './database';
export { emit, emitAll, type EmitOptions, type Emission } from './emit';
export { OutboxRelay, type OutboxRelayOptions } from './outbox-relay';
export { PostgresLaneStore } from './lane-store';
export { migrate, type Grant, type MigrateOptions } from './migrate';
export { isUniqueViolation } from './sql-errors';
export { OutboxMigration } from './outbox.migration';
export { InboundPositionMigration } from './inbound-position.migration';
