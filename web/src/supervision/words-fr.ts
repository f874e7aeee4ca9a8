/** What the live board says in French; the English words have the same shape. */
import type { Plain } from '../shared/words.ts';

const s = (count: number) => (Math.abs(count) < 2 ? '' : 's');

export const fr = {
  title: 'Direct',
  live: (calls: number) => (calls === 0 ? 'Aucun appel en cours' : `${calls} appel${s(calls)} en cours`),
  lost: (at: string) => `Déconnecté depuis ${at} ; nouvel essai dans un instant`,
  stale: (at: string) =>
    `La téléphonie ne répond pas depuis ${at} : les appels sont à jour, l’état des postes peut avoir changé.`,
  noTeam: 'Vous ne supervisez aucune équipe',
  noTeamHint:
    'Les équipes et leurs superviseurs sont dans les réglages. L’identifiant de connexion doit être celui de la personne.',
  figures: {
    title: 'Aujourd’hui',
    calls: 'Appels reçus',
    answered: (count: number) => `${count} répondu${s(count)}`,
    rate: 'Taux de réponse',
    missed: (count: number) => `${count} sans réponse`,
    waiting: 'Attente moyenne',
    waitingHint: 'avant la réponse',
    handling: 'Durée moyenne',
    handlingHint: 'par appel',
    hour: (hour: number) => `${hour} h`,
    none: 'rien',
    plot: (name: string, best: string) => `${name}, heure par heure ; le plus haut : ${best}`,
  },
  queues: {
    title: 'Files d’attente',
    waiting: (_count: number) => 'en attente',
    longest: 'Attente la plus longue',
    nobody: 'Personne n’attend',
    there: (loggedIn: number, available: number) =>
      `${loggedIn} agent${s(loggedIn)} dans la file, ${available} disponible${s(available)}`,
    unanswered: (count: number) => `${count} appel${s(count)} sans agent`,
    states: {
      arriving: 'annonce',
      ringing: 'sonne',
      waiting: 'attend',
      talking: 'en ligne',
      'on-hold': 'en garde',
      parked: 'parqué',
    },
  },
  call: {
    directions: { inbound: 'Appel entrant', outbound: 'Appel sortant', internal: 'Entre collègues' },
    recorded: { yes: 'enregistré', paused: 'en pause' },
  },
  agents: {
    title: 'Agents',
    there: (there: number, all: number) => `${there} sur ${all}`,
    calling: 'appelle',
    states: {
      offline: 'absent',
      free: 'libre',
      ringing: 'sonne',
      talking: 'en ligne',
      'on-hold': 'en garde',
      paused: 'pause',
      'wrap-up': 'après appel',
      private: 'non suivi',
    },
    privateHint: 'Représentant du personnel : ses appels ne regardent personne.',
  },
  modes: {
    listen: { verb: 'Écouter', lower: 'écouter', hint: 'Personne ne vous entend.' },
    whisper: { verb: 'Souffler', lower: 'souffler', hint: 'L’agent vous entend, pas son correspondant.' },
    barge: { verb: 'Intervenir', lower: 'intervenir', hint: 'Tous deux vous entendent.' },
    'take-over': {
      verb: 'Reprendre',
      lower: 'reprendre l’appel',
      hint: 'L’appel devient le vôtre ; l’agent le quitte.',
    },
  },
  ask: {
    title: (verb: string, name: string) => `${verb} : ${name}`,
    hint: 'Inscrit au journal d’audit avant l’écoute ; l’agent le verra. N’écrivez ni nom ni numéro.',
    submit: (desk: string) => `Appeler mon poste ${desk}`,
    submitHere: (verb: string) => `${verb} dans ce navigateur`,
    cancel: 'Annuler',
    noDesk: 'Aucun poste n’est à votre nom dans les réglages : rien ne peut sonner.',
  },
  browser: {
    where: 'Votre poste',
    here: 'Ce navigateur',
    desk: (desk: string) => `Poste ${desk}`,
    willAsk: 'Le navigateur demandera l’accès au micro.',
    elsewhere: 'Dans une autre fenêtre : elle seule a le son et le micro.',
    level: 'Niveau du son reçu',
    open: 'Micro ouvert',
    closed: 'Micro fermé',
    states: {
      off: '',
      connecting: 'Connexion…',
      away: 'La téléphonie ne répond pas ; nouvel essai dans un instant…',
      ready: 'Connecté ; le son arrive…',
      hearing: '',
    },
  },
  session: {
    title: 'Votre écoute en cours',
    ringing: (desk: string, verb: string) => `Votre poste ${desk} sonne : décrochez pour ${verb}`,
    coming: 'Votre écoute commence',
    whom: (name: string) => `Appel de ${name}`,
    running: {
      listen: (name: string) => `Vous écoutez ${name}`,
      whisper: (name: string) => `Vous soufflez à ${name}`,
      barge: (name: string) => `Vous intervenez auprès de ${name}`,
      'take-over': (name: string) => `Vous avez repris l’appel de ${name}`,
    },
    end: 'Arrêter',
  },
  refusals: {
    refused: 'L’écoute a été refusée.',
    'not-a-supervisor': 'Vous ne supervisez aucune équipe.',
    'other-team': 'Cet agent n’est d’aucune de vos équipes.',
    'outside-window': 'En dehors des heures où l’écoute est permise.',
    'staff-representative': 'Les appels d’un représentant du personnel ne s’écoutent jamais.',
    excluded: 'Les appels d’un représentant du personnel ne s’écoutent jamais.',
    'not-informed': 'Cet agent n’a pas encore été informé de l’écoute.',
    objected: 'Le correspondant s’y est opposé.',
    'not-listenable':
      'Le correspondant n’en a pas été averti, ou s’y est opposé : cet appel ne s’écoute pas.',
    'mode-not-permitted': 'L’équipe ne permet pas cette façon d’intervenir.',
    'no-extension': 'Aucun poste n’est à votre nom dans les réglages.',
    'no-call': 'L’appel est terminé.',
    busy: 'Quelqu’un écoute déjà cet appel, ou votre poste est occupé.',
    unconfirmed: 'Le correspondant est en garde ou parti. Réessayez.',
    'not-logged': 'Le journal d’audit ne peut pas être écrit : sans trace, pas d’écoute.',
    'not-found': 'Cette écoute est terminée.',
    'no-browser-phone': 'Aucun poste de navigateur n’est à votre nom dans les réglages.',
    'microphone-refused':
      'Le navigateur refuse le micro. Autorisez-le pour ce site, à gauche de l’adresse, puis réessayez.',
    'microphone-missing': 'Aucun micro utilisable : branchez-en un, ou fermez le programme qui l’occupe.',
    'phone-unreachable': 'La téléphonie n’a pas répondu. Réessayez, ou écoutez sur votre poste.',
    'phone-lost': 'La liaison avec le serveur est coupée : l’écoute s’est arrêtée, l’appel continue.',
    'phone-ended': 'L’écoute dans ce navigateur a pris fin.',
    'phone-elsewhere': 'Vous écoutez maintenant dans une autre fenêtre.',
  },
} as const;

export type LiveWords = Plain<typeof fr>;
