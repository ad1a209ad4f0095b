export const design = {
  close: 'Close',
  cancel: 'Cancel',
  channels: { WEB_CHAT: 'Web Chat', EMAIL: 'Email', MESSENGER: 'Messenger' },
};
