export { Messaging, type PublishOptions, type RequestOptions } from './messaging';
export type { ConnectOptions } from './connection';
export type { Log } from './log';
export type { PublishAck, StoredRow } from './publish';
export { composeMessage, type ComposeOptions, type StoredMessage } from './compose-message';
export {
  isPoison,
  PermanentError,
  PublishTimeout,
  RemoteError,
  UpstreamTimeout,
  UpstreamUnavailable,
} from './failures';
export { ensureStreams, type StreamName, type StreamSettings, StreamSettingRefused } from './streams';
export { streamFacts, type StreamFacts } from './stream-facts';
export { type LaneHolder, LaneLost, type LanePosition, type LaneStore } from './lane-store';
export type { LaneBatch, LaneMessage, LaneOptions } from './lane';
export { type LaneRunner, runLanes } from './run-lanes';
export type { FollowedMessage, Follower, FollowOptions } from './follow-events';
export type { Presence, PresenceBucket, PresenceChange, PresenceEntry, PresenceView } from './presence';
export { carries } from './carries';
export { JetStreamStrategy, type JetStreamStrategyOptions } from './strategy';
export { OnBatch, OnEvent, OnRequest } from './decorators';
