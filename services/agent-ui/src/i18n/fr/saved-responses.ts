import type { savedResponses as en } from '../en/saved-responses';
import { pluralIn } from '../plural';

const plural = pluralIn('fr');

export const savedResponses: typeof en = {
  title: 'Réponses enregistrées',
  search: 'Rechercher une réponse enregistrée',
  searchHere: 'Rechercher',
  category: 'Catégorie',
  allCategories: 'Toutes les catégories',
  noCategory: 'Sans catégorie',
  manage: 'Gérer',
  loading: 'Chargement des réponses enregistrées',
  unavailable: 'Les réponses enregistrées sont indisponibles pour le moment.',
  tryAgain: 'Réessayer',
  empty: 'Aucune réponse enregistrée',
  emptyHint: 'Des textes que vous envoyez souvent, prêts à insérer dans toute réponse.',
  noneFound: 'Aucune réponse enregistrée ne contient ces mots.',
  found: (number) =>
    plural(number, {
      one: `${String(number)} réponse enregistrée`,
      other: `${String(number)} réponses enregistrées`,
    }),
  keys: '↑ ↓ choisir · Entrée insère · Échap ferme',

  categories: 'Catégories',
  all: 'Toutes les réponses',
  responses: 'Réponses',
  newResponse: 'Nouvelle réponse',
  newCategory: 'Nouvelle catégorie',
  categoryName: 'Nom de la catégorie',
  create: 'Créer',
  save: 'Enregistrer',
  rename: 'Renommer',
  delete: 'Supprimer',
  moveUp: 'Monter',
  moveDown: 'Descendre',
  drag: (name) => `Déplacer ${name}`,
  moved: (name, position, count) => `${name} est maintenant ${String(position)} sur ${String(count)}`,
  categoryMenu: (name) => `Actions pour ${name}`,
  categoryEmpty: 'Aucune réponse dans cette catégorie',
  adminsOnly: 'Seuls les administrateurs modifient les catégories.',
  viewersCannot: 'Votre rôle est Lecteur : vous pouvez lire les réponses enregistrées, pas les modifier.',
  back: 'Retour à la liste',
  chooseOne: 'Choisissez une réponse pour la voir et la modifier',

  deleteCategory: (name) => `Supprimer la catégorie ${name} ?`,
  deleteEmptyCategory: 'Elle ne contient aucune réponse.',
  deleteFullCategory: (number) =>
    plural(number, {
      one: 'Sa réponse passe dans une autre catégorie :',
      other: `Ses ${String(number)} réponses passent dans une autre catégorie :`,
    }),
  moveTo: 'Déplacer vers',
  noOtherCategory: 'Il n’y a pas d’autre catégorie. Créez-en une, ou déplacez ou supprimez d’abord ses réponses.',
  deleteResponse: (title) => `Supprimer « ${title} » ?`,
  deleteResponseHint: 'Elle est supprimée pour tous les agents. Les messages déjà envoyés ne changent pas.',
  deleted: (title) => `« ${title} » est supprimée`,

  titleField: 'Titre',
  titleHint: 'Pour les agents seulement ; il n’est pas envoyé.',
  bodyField: 'Texte',
  bodyHint:
    'Inséré sur tous les canaux. Les balises comme {{contact.firstName|vous}} sont remplacées pour la personne.',
  titleMissing: 'Donnez un titre.',
  bodyMissing: 'Écrivez le texte.',
  tooLong: (over) =>
    plural(over, { one: `${String(over)} caractère de trop.`, other: `${String(over)} caractères de trop.` }),
  charactersLeft: (left) =>
    plural(left, { one: `${String(left)} caractère restant`, other: `${String(left)} caractères restants` }),
  updated: (when, name) => (name === null ? `Modifiée le ${when}` : `Modifiée le ${when} par ${name}`),
  saved: 'Enregistré',
  unsaved: 'Non enregistré',
  discard: 'Abandonner les modifications',
  leaveTitle: 'Quitter sans enregistrer ?',
  leave: 'Vos modifications de cette réponse ne sont pas enregistrées.',
  changedBehind: (name) =>
    name === null ? 'Quelqu’un a modifié cette réponse entre-temps.' : `${name} a modifié cette réponse entre-temps.`,
  compare: 'Comparer',
  deletedBehind: 'Quelqu’un a supprimé cette réponse entre-temps. Votre texte est toujours là.',
  saveAsNew: 'Enregistrer comme nouvelle réponse',

  staleTitle: (name) =>
    name === null ? 'Une autre version a été enregistrée' : `${name} a enregistré une autre version`,
  staleHint: 'Rien n’est remplacé avant votre choix.',
  mine: 'La vôtre',
  theirs: 'Enregistrée',
  keepMine: 'Enregistrer la mienne',
  takeTheirs: 'Prendre l’autre',
  editMine: 'Modifier encore la mienne',

  errors: {
    NAME_TAKEN: 'Ce nom est déjà pris.',
    NOT_FOUND: 'Cet élément n’existe plus.',
    CATEGORY_NOT_EMPTY: 'La catégorie a reçu des réponses entre-temps. Choisissez où les déplacer.',
    STALE_VERSION: 'Quelqu’un l’a modifié entre-temps. Vérifiez et recommencez.',
    TOO_LONG: 'C’est trop long.',
    INVALID_INPUT: 'Impossible d’enregistrer. Vérifiez la saisie.',
    FORBIDDEN: 'Votre rôle ne permet pas cette modification.',
    OFFLINE: 'Pas de connexion. Rien n’a été enregistré ; réessayez.',
    UNAVAILABLE: 'Les réponses enregistrées sont indisponibles. Rien n’a été enregistré ; réessayez.',
    OTHER: 'Ce n’est pas enregistré. Réessayez.',
  },
};
