import type { composer as en } from '../en/composer';
import { pluralIn } from '../plural';

const plural = pluralIn('fr');
const CHANNELS = { WEB_CHAT: 'chat', EMAIL: 'e-mail', MESSENGER: 'Messenger' };

export const composer: typeof en = {
  label: (name) => `Répondre à ${name}`,
  channel: 'Canal de la réponse',
  placeholder: 'Écrire une réponse…  Tapez / pour les réponses enregistrées',

  to: (recipient) => `à ${recipient}`,
  toOnline: (name) => `à ${name}, en ligne`,
  toOffline: (name) => `à ${name}, hors ligne`,
  shownLater: 'Affiché au retour du visiteur',
  unverified: 'Adresse non vérifiée : saisie dans un formulaire',
  isOnline: (name) => `${name} est en ligne`,
  isOffline: (name) => `${name} est hors ligne et le verra à sa prochaine visite`,
  withTranscript: (address) => `${address} · le fil est joint en copie`,
  notAvailable: (reason) => `Indisponible : ${reason}`,
  reasons: {
    NOT_A_CHAT_THREAD: 'cette personne n’a pas écrit dans le chat',
    EMAIL_ADDRESS_UNKNOWN: 'l’adresse e-mail est inconnue',
    NOT_A_MESSENGER_THREAD: 'cette personne n’a pas écrit sur Messenger',
    MESSENGER_WINDOW_CLOSED: 'le délai de réponse de 24 heures est écoulé',
    CHANNEL_NOT_CONFIGURED: 'ce canal n’est pas configuré',
    CHANNEL_DOWN: 'ce canal ne peut rien envoyer',
    UNKNOWN: 'ce canal ne peut pas être utilisé',
  },

  wentOffline: (name, channel) => `${name} est hors ligne : envoyer plutôt par ${CHANNELS[channel]} ?`,
  cameOnline: (name) => `${name} est en ligne : envoyer plutôt par chat ?`,
  otherPreselected: (channel) =>
    `Les réponses partent désormais par ${CHANNELS[channel]} : envoyer plutôt par ${CHANNELS[channel]} ?`,
  noLongerAvailable: (reason, channel) =>
    `Ce canal ne peut plus être utilisé : ${reason}. Envoyer plutôt par ${CHANNELS[channel]} ?`,
  sendBy: (channel) => `Envoyer par ${channel}`,
  keep: (channel) => `Garder ${channel}`,
  changedTo: (channel) => `Canal : ${channel}`,

  windowBefore: 'Vous pouvez répondre jusqu’à ',
  windowAfter: (today, left) => ` ${today ? 'aujourd’hui' : 'demain'} (il reste ${left}).`,
  windowClosed: (when, name) =>
    `Le délai de réponse de 24 heures s’est terminé ${when}. Vous pourrez répondre dès que ${name} écrira de nouveau.`,
  windowClosedUnknown: (name) =>
    `Le délai de réponse de 24 heures est écoulé. Vous pourrez répondre dès que ${name} écrira de nouveau.`,
  windowToday: (clock) => `aujourd’hui à ${clock}`,
  windowYesterday: (clock) => `hier à ${clock}`,
  windowOn: (day) => `le ${day}`,
  windowLeft: (left) => `encore ${left} pour répondre`,
  cannotReply: (reason) => `Vous ne pouvez pas répondre ici pour l’instant : ${reason}.`,
  seeWhy: 'Voir pourquoi',
  draftKept: 'Votre brouillon est conservé :',

  viewer:
    'Votre rôle est Lecteur : vous voyez tout et ne modifiez rien. Les agents et les administrateurs peuvent répondre.',

  send: 'Envoyer',
  sendMenu: 'Autres façons d’envoyer',
  sendAndComplete: 'Envoyer et terminer',
  waiting: 'Envoi après le téléversement…',
  stopWaiting: 'Ne pas envoyer tout de suite',
  nothingToSend: 'Écrivez d’abord un texte ou ajoutez un fichier.',
  checkingTags: 'Envoi après vérification des balises…',
  mendTags: 'Corrigez d’abord les balises marquées.',
  removeProblems: 'Retirez les fichiers qui n’ont pas pu être téléversés, ou réessayez.',
  charactersLeft: (left) =>
    plural(left, { one: `${String(left)} caractère restant`, other: `${String(left)} caractères restants` }),
  tooLong: (over) =>
    plural(over, { one: `${String(over)} caractère de trop`, other: `${String(over)} caractères de trop` }),

  attach: 'Ajouter des fichiers',
  files: 'Fichiers de cette réponse',
  dropHere: 'Déposez les fichiers ici pour les ajouter à votre réponse',
  uploading: (percent) => `Téléversement, ${percent}`,
  uploadWaiting: 'En attente',
  cancelUpload: (filename) => `Annuler le téléversement de ${filename}`,
  removeFile: (filename) => `Retirer ${filename}`,
  retryUpload: (filename) => `Réessayer de téléverser ${filename}`,
  preview: (filename) => `Aperçu de ${filename}`,
  problems: {
    TOO_LARGE: 'Trop lourd : un fichier peut faire 20 Mo.',
    EMPTY: 'Le fichier est vide.',
    TYPE_NOT_ALLOWED: 'Les fichiers de ce type ne sont pas acceptés.',
    TOO_MANY: 'Un message porte au plus 10 fichiers.',
    STORAGE_UNAVAILABLE: 'Les fichiers ne peuvent pas être stockés pour le moment.',
    OFFLINE: 'La connexion a été coupée.',
    SIGNED_OUT: 'Vous êtes déconnecté.',
    NOT_ALLOWED: 'Votre rôle ne permet pas d’envoyer des fichiers.',
    FOLDER: 'Les dossiers ne peuvent pas être envoyés. Ajoutez leurs fichiers.',
    FAILED: 'Le téléversement a échoué.',
  },

  savedResponses: 'Réponses enregistrées',
};
