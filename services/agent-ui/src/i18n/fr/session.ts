import type { session as en } from '../en/session';

export const session: typeof en = {
  signIn: 'Connexion',
  signingIn: 'Connexion…',
  signOut: 'Se déconnecter',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  noAccount: 'Pas de compte ? Demandez une invitation à un administrateur de cette installation.',
  refused: {
    wrong: 'Cette adresse e-mail et ce mot de passe ne vont pas ensemble.',
    busy: 'Trop de personnes se connectent en même temps. Réessayez dans une seconde.',
    unreachable: 'Le serveur ne répond pas. Vérifiez la connexion et réessayez.',
  },
  tooManyTries: (minutes) =>
    minutes === 1
      ? 'Trop de tentatives. Réessayez dans une minute.'
      : `Trop de tentatives. Réessayez dans ${minutes} minutes.`,
  unreachable: 'Le serveur ne répond pas',
  unreachableHint: 'Cette page réessaie d’elle-même.',
  tryAgain: 'Réessayer',
  expired: 'Votre session est terminée',
  expiredHint: (name) => `Reconnectez-vous en tant que ${name}. Ce que vous avez écrit reste en place.`,
  expiredOther: 'Une autre personne à cet ordinateur ?',
  leavePage: 'Aller à la page de connexion',
  join: 'Rejoindre cette boîte de réception',
  joinHint: 'Choisissez le nom que verront les clients et les autres agents, et un mot de passe.',
  joinNow: 'Rejoindre',
  name: 'Votre nom',
  nameHint: '80 caractères au plus.',
  nameInvalid: 'Indiquez un nom de 1 à 80 caractères.',
  newPassword: 'Mot de passe',
  passwordHint: 'De 12 à 200 caractères. Quelques mots à la suite conviennent bien.',
  passwordWeak: 'Choisissez un mot de passe de 12 à 200 caractères, difficile à deviner.',
  invitationEnded: 'Cette invitation ne peut plus être utilisée',
  invitationEndedHint: 'Elle sert une fois, dans les sept jours. Demandez-en une autre à un administrateur.',
  alreadySignedIn: (name) =>
    `Vous êtes connecté en tant que ${name}. Déconnectez-vous d’abord pour accepter cette invitation.`,
};
