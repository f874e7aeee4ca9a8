// Every route in one line, by topic: the box itself, whoever uses it, and what it remembers of them.

import { type Topic, t } from './topic.ts';

export const OF_THE_BOX: Topic[] = [
  {
    id: 'audit',
    title: t('Audit log and incidents', 'Journal d’audit et incidents'),
    routes: {
      'GET /api/audit': t('Entries, newest first', 'Entrées, de la plus récente à la plus ancienne'),
      'GET /api/audit/state': t('Size, root and checkpoint', 'Taille, racine et point de contrôle'),
      'GET /api/audit/entries/:index/hashes': t('How one entry is bound', 'Comment une entrée est liée'),
      'POST /api/audit/export': t('Make an export of the log', 'Préparer un export du journal'),
      'GET /api/audit/export': t('That export, once', 'Cet export, une fois'),
      'GET /api/incidents': t(
        'Incidents, with the clock of 72 hours',
        'Incidents, avec le délai de 72 heures',
      ),
      'GET /api/incidents/:id': t('One incident', 'Un incident'),
      'POST /api/incidents': t('Open an incident', 'Ouvrir un incident'),
      'GET /api/incidents/:id/notice': t(
        'The draft of the notice to the authority',
        'Le projet de notification à l’autorité',
      ),
      'POST /api/incidents/:id/package': t(
        'Make the package of an incident',
        'Préparer le dossier d’incident',
      ),
      'GET /api/incidents/:id/package': t('That package, once', 'Ce dossier, une fois'),
      'POST /api/incidents/:id/notified': t(
        'Say that the authority was told',
        'Dire que l’autorité a été notifiée',
      ),
      'POST /api/incidents/:id/close': t('Close an incident', 'Clore un incident'),
    },
  },
  {
    id: 'keys',
    title: t('Keys', 'Clés'),
    routes: {
      'GET /api/keys': t('Keys, drills and rotation', 'Clés, exercices et rotation'),
      'GET /api/keys/mine': t(
        'One’s own keys, as the box may have them',
        'Ses propres clés, telles que détenues',
      ),
      'GET /api/keys/setup': t('How far the first run is', 'Où en est la mise en route'),
      'POST /api/keys/recovery': t('Offer the first recovery key', 'Déposer la première clé de récupération'),
      'GET /api/keys/groups': t(
        'Keys of groups, their members, and who could be one',
        'Clés des groupes, leurs membres, et qui pourrait l’être',
      ),
      'POST /api/keys/groups/:group': t(
        'Offer a new key of a group, wrapped to its members',
        'Déposer une nouvelle clé de groupe, emballée pour ses membres',
      ),
      'POST /api/keys/groups/:group/members': t(
        'Share a group’s key with somebody',
        'Partager la clé d’un groupe avec quelqu’un',
      ),
      'DELETE /api/keys/groups/:group/members/:user': t(
        'Take a group’s key away from somebody',
        'Retirer à quelqu’un la clé d’un groupe',
      ),
      'PUT /api/keys/mine': t('Keep one’s personal key', 'Déposer sa clé personnelle'),
      'GET /api/keys/drills/:fingerprint/message': t(
        'The canary of a key',
        'Le message d’exercice d’une clé',
      ),
      'POST /api/keys/drills/:fingerprint': t('Type the code of a canary', 'Saisir le code d’un exercice'),
      'GET /api/keys/rotation': t('The rotation under way', 'La rotation en cours'),
      'GET /api/keys/rotation/headers': t('Headers to be rewrapped', 'En-têtes à reconditionner'),
      'POST /api/keys/rotation/headers': t(
        'Hand in rewrapped headers',
        'Remettre les en-têtes reconditionnés',
      ),
    },
  },
  {
    id: 'settings',
    title: t('Policies and announcements', 'Règles et annonces'),
    routes: {
      'GET /api/policies': t('The settings in force', 'Les réglages en vigueur'),
      'GET /api/policies/history': t('Who changed them, and when', 'Qui les a modifiés, et quand'),
      'GET /api/policies/settings.yaml': t('All of them as one text', 'Tous, en un seul texte'),
      'POST /api/policies/plan': t('What a change would change', 'Ce qu’une modification changerait'),
      'POST /api/policies/apply': t('Put a change in force', 'Appliquer une modification'),
      'GET /api/announcements': t('What callers are told', 'Ce qui est dit aux appelants'),
      'GET /api/announcements/:id/audio': t('What callers hear', 'Ce que les appelants entendent'),
      'POST /api/announcements/:id/plan': t(
        'What a new version would change',
        'Ce qu’une nouvelle version changerait',
      ),
      'POST /api/announcements/:id/versions': t(
        'Put a new version in force',
        'Mettre une nouvelle version en vigueur',
      ),
    },
  },
  {
    id: 'people',
    title: t('People and access', 'Personnes et accès'),
    routes: {
      'GET /api/people': t('Who may log in', 'Qui peut se connecter'),
      'POST /api/people': t('Invite somebody', 'Inviter quelqu’un'),
      'POST /api/people/:user/invitation': t('Invite somebody anew', 'Inviter quelqu’un à nouveau'),
      'PUT /api/people/:user/roles': t('Change somebody’s roles', 'Changer les rôles de quelqu’un'),
      'PUT /api/people/:user/clients': t('Limit somebody to clients', 'Limiter quelqu’un à des clients'),
      'DELETE /api/people/:user': t('Remove somebody', 'Retirer quelqu’un'),
      'GET /api/tokens': t('Tokens of programs', 'Jetons des programmes'),
      'POST /api/tokens': t('Make a token', 'Créer un jeton'),
      'DELETE /api/tokens/:id': t('Revoke a token', 'Révoquer un jeton'),
      'POST /api/session': t('Log in', 'Se connecter'),
      'GET /api/session': t('Who is logged in', 'Qui est connecté'),
      'POST /api/session/step-up': t('Give the second factor once more', 'Redonner le second facteur'),
      'DELETE /api/session': t('Log out', 'Se déconnecter'),
      'DELETE /api/sessions': t('Log out everywhere', 'Se déconnecter partout'),
      'POST /api/enrolment': t('Look at an invitation', 'Consulter une invitation'),
      'POST /api/enrolment/complete': t('Accept an invitation', 'Accepter une invitation'),
      'PUT /api/account/password': t('Change one’s password', 'Changer son mot de passe'),
      'POST /api/account/recovery-codes': t('Make new recovery codes', 'Créer de nouveaux codes de secours'),
    },
  },
  {
    id: 'appliance',
    title: t('The appliance', 'L’appliance'),
    routes: {
      'GET /api/site': t('Which appliance this is', 'De quelle appliance il s’agit'),
      'GET /api/health': t('How it is', 'Comment elle se porte'),
      'GET /api/openapi.json': t('This description', 'Cette description'),
    },
  },
];
