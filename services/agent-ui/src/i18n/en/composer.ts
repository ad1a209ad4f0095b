import { pluralIn } from '../plural';

const plural = pluralIn('en');
const CHANNELS = { WEB_CHAT: 'web chat', EMAIL: 'email', MESSENGER: 'Messenger' };

export const composer = {
  label: (name: string) => `Reply to ${name}`,
  channel: 'Channel of the reply',
  placeholder: 'Write a reply…  Type / for saved responses',

  // Who gets the reply.
  to: (recipient: string) => `to ${recipient}`,
  toOnline: (name: string) => `to ${name}, online now`,
  toOffline: (name: string) => `to ${name}, offline`,
  shownLater: 'Shown when the visitor comes back',
  unverified: 'Address not verified: it was typed into a form',
  isOnline: (name: string) => `${name} is online`,
  isOffline: (name: string) => `${name} is offline and sees it on the next visit`,
  withTranscript: (address: string) => `${address} · the thread goes along as a transcript`,
  notAvailable: (reason: string) => `Not available: ${reason}`,
  reasons: {
    NOT_A_CHAT_THREAD: 'this person has not written in the web chat',
    EMAIL_ADDRESS_UNKNOWN: 'the email address is not known',
    NOT_A_MESSENGER_THREAD: 'this person has not written on Messenger',
    MESSENGER_WINDOW_CLOSED: 'the 24-hour reply window is closed',
    CHANNEL_NOT_CONFIGURED: 'this channel is not set up',
    CHANNEL_DOWN: 'this channel cannot send',
    UNKNOWN: 'this channel cannot be used',
  },

  // The preselection changed under a written reply.
  wentOffline: (name: string, channel: keyof typeof CHANNELS) =>
    `${name} went offline: send by ${CHANNELS[channel]} instead?`,
  cameOnline: (name: string) => `${name} is online now: send by web chat instead?`,
  otherPreselected: (channel: keyof typeof CHANNELS) =>
    `Replies now go by ${CHANNELS[channel]}: send by ${CHANNELS[channel]} instead?`,
  noLongerAvailable: (reason: string, channel: keyof typeof CHANNELS) =>
    `This channel can no longer be used: ${reason}. Send by ${CHANNELS[channel]} instead?`,
  sendBy: (channel: string) => `Send by ${channel}`,
  keep: (channel: string) => `Keep ${channel}`,
  changedTo: (channel: string) => `Channel: ${channel}`,

  // Messenger's window; the clock time stands between the two.
  windowBefore: 'You can reply until ',
  windowAfter: (today: boolean, left: string) => ` ${today ? 'today' : 'tomorrow'} (${left} left).`,
  windowClosed: (when: string, name: string) =>
    `The 24-hour reply window closed ${when}. You can answer again as soon as ${name} writes a new message.`,
  windowClosedUnknown: (name: string) =>
    `The 24-hour reply window is closed. You can answer again as soon as ${name} writes a new message.`,
  windowToday: (clock: string) => `today at ${clock}`,
  windowYesterday: (clock: string) => `yesterday at ${clock}`,
  windowOn: (day: string) => `on ${day}`,
  windowLeft: (left: string) => `${left} left to reply`,
  cannotReply: (reason: string) => `You cannot answer here now: ${reason}.`,
  seeWhy: 'See why',
  draftKept: 'Your draft is kept:',

  viewer: 'Your role is Viewer: you see everything and change nothing. Agents and admins may answer.',

  // Sending.
  send: 'Send',
  sendMenu: 'More ways to send',
  sendAndComplete: 'Send and complete',
  waiting: 'Sends after the upload…',
  stopWaiting: 'Do not send yet',
  nothingToSend: 'Write something or add a file first.',
  checkingTags: 'Sends after a look at its tags…',
  mendTags: 'Mend the marked tags first.',
  removeProblems: 'Remove the files that could not be uploaded, or try them again.',
  charactersLeft: (left: number) =>
    plural(left, { one: `${String(left)} character left`, other: `${String(left)} characters left` }),
  tooLong: (over: number) =>
    plural(over, { one: `${String(over)} character too many`, other: `${String(over)} characters too many` }),

  // Files.
  attach: 'Add files',
  files: 'Files of this reply',
  dropHere: 'Drop files here to add them to your reply',
  uploading: (percent: string) => `Uploading, ${percent}`,
  uploadWaiting: 'Waits for its turn',
  cancelUpload: (filename: string) => `Cancel the upload of ${filename}`,
  removeFile: (filename: string) => `Remove ${filename}`,
  retryUpload: (filename: string) => `Try to upload ${filename} again`,
  preview: (filename: string) => `Preview of ${filename}`,
  problems: {
    TOO_LARGE: 'Too large: a file may have 20 MB.',
    EMPTY: 'The file is empty.',
    TYPE_NOT_ALLOWED: 'Files of this type are not allowed.',
    TOO_MANY: 'A message carries 10 files at most.',
    STORAGE_UNAVAILABLE: 'Files cannot be stored at the moment.',
    OFFLINE: 'The connection was lost.',
    SIGNED_OUT: 'You are signed out.',
    NOT_ALLOWED: 'Your role may not send files.',
    FOLDER: 'Folders cannot be sent. Add the files in it.',
    FAILED: 'The upload failed.',
  },

  savedResponses: 'Saved responses',
};
