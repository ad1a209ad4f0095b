import type { Channel } from '@conversations/contracts';

/** What we write around people's own words, in the language of the conversation. */
interface MailWords {
  earlier: string;
  older: string;
  files: string;
  reference: string;
  channels: Record<Channel, string>;
}

export const mailWords: Record<'en' | 'fr', MailWords> = {
  en: {
    earlier: 'Earlier in this conversation',
    older: 'Older messages are left out.',
    files: 'Files: ',
    reference: 'Reference: ',
    channels: { chat: 'Chat', email: 'Email', messenger: 'Messenger' },
  },
  fr: {
    earlier: 'Plus tôt dans cette conversation',
    older: 'Les messages plus anciens ne sont pas repris.',
    files: 'Fichiers : ',
    reference: 'Référence : ',
    channels: { chat: 'Chat', email: 'E-mail', messenger: 'Messenger' },
  },
};

/** Day and minute with the zone, since the reader's zone is not known. */
export function mailTime(at: string, locale: 'en' | 'fr', timeZone: string): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(at));
}
