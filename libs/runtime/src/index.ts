export { readSettings } from './settings';
export { CommonSettings, DatabaseSettings, DatabaseAdminSettings } from './settings-shapes';
export { createLogger, type Logger } from './logger';
export { nestLogger } from './nest-logger';
export { Metrics } from './metrics';
export { runService, type ServiceContext } from './run-service';
export { newId, newUuid } from './ids';
export { findRepositoryRoot } from './repository-root';
