import type { design as en } from '../en/design';

export const design: typeof en = {
  close: 'Fermer',
  cancel: 'Annuler',
  channels: { WEB_CHAT: 'Chat en ligne', EMAIL: 'E-mail', MESSENGER: 'Messenger' },
};
