// What people read of a checkpoint, in the two languages of a site: the mail to whoever keeps it, and the printed page.

export type Language = 'fr' | 'en';

export interface Words {
  subject(site: string, size: number): string;
  title: string;
  site: string;
  size: string;
  root: string;
  time: string;
  key: string;
  colon: string;
  /** Below the code on paper. */
  paper: string[];
  seenBy: string;
  mail(facts: { size: number; before: { size: number; at: string } | undefined }): string;
}

const FR: Words = {
  subject: (site, size) => `Greffier ${site} : point de contrôle du journal d'audit, ${size} lignes`,
  title: "Point de contrôle du journal d'audit",
  site: 'Site',
  size: 'Lignes',
  root: 'Racine',
  time: 'Moment (UTC)',
  key: 'Empreinte de la clé de signature',
  colon: ' :',
  paper: [
    'Le code contient le point de contrôle. Conservez cette page hors de portée des administrateurs.',
    'Pour comparer : greffier audit verify, avec ce texte dans un fichier. Un journal qui a moins de lignes,',
    'ou dont les premières lignes donnent une autre racine, a été coupé ou réécrit.',
  ],
  seenBy: 'Vu le                              par                                            Signature',
  mail: ({ size, before }) => `Bonjour,

Ce message conserve hors de l'appareil l'état du journal d'audit : ${size} lignes. Gardez-le, ne le supprimez pas.
Si l'on coupait ou réécrivait le journal par la suite, ce message le prouverait.

Vérifier la signature, avec la clé publique reçue une fois par une autre voie (appliance.asc) :

  gpg --import appliance.asc
  gpg --verify checkpoint.txt.asc checkpoint.txt

L'empreinte que gpg affiche doit être celle qui est écrite ci-dessous ET celle que vous avez reçue à part.

Comparer avec le message précédent : ${
    before
      ? `il annonçait ${before.size} lignes (${before.at}).`
      : "celui-ci est le premier que l'appareil se rappelle avoir envoyé."
  } Le nombre de lignes ne doit
jamais diminuer ; à nombre égal, la racine doit être la même. La pièce consistency.txt, quand elle est jointe, prouve
que le journal précédent est le début de celui-ci. Sur l'appareil, greffier audit verify compare avec cette pièce.
Si quelque chose ne correspond pas, ne touchez à rien et prévenez le responsable de traitement.
`,
};

const EN: Words = {
  subject: (site, size) => `Greffier ${site}: checkpoint of the audit log, ${size} lines`,
  title: 'Checkpoint of the audit log',
  site: 'Site',
  size: 'Lines',
  root: 'Root',
  time: 'Time (UTC)',
  key: 'Fingerprint of the signing key',
  colon: ':',
  paper: [
    'The code holds the text of the checkpoint. Keep this page out of reach of the administrators.',
    'To compare: greffier audit verify, with this text in a file. A log that has fewer lines, or whose first',
    'lines give another root, was cut or rewritten.',
  ],
  seenBy: 'Seen on                            by                                             Signature',
  mail: ({ size, before }) => `Hello,

This message keeps the state of the audit log outside the appliance: ${size} lines. Keep it, do not delete it.
If the log were cut or rewritten afterwards, this message would prove it.

To verify the signature, with the public key that you were given once by another way (appliance.asc):

  gpg --import appliance.asc
  gpg --verify checkpoint.txt.asc checkpoint.txt

The fingerprint that gpg shows has to be the one written below AND the one that you were given apart.

To compare with the message before: ${
    before
      ? `it told of ${before.size} lines (${before.at}).`
      : 'this is the first one that the appliance remembers to have sent.'
  } The number of lines must
never become smaller; when it is the same, the root has to be the same. consistency.txt, when it is attached, proves
that the log of that message is the beginning of this one. On the appliance, greffier audit verify compares with this
checkpoint. If something does not agree, touch nothing and tell the controller.
`,
};

export const WORDS: Record<Language, Words> = { fr: FR, en: EN };
