/** What the offline viewer says. */
import { wordsOf } from '../shared/i18n.ts';

export const viewerWords = wordsOf({
  fr: {
    title: 'Écouter un enregistrement remis',
    hint: 'Cette page fonctionne sans réseau : rien n’en sort, ni la clé, ni le son.',
    files: 'Fichiers de l’enregistrement',
    filesHint:
      'Le dossier de preuve (.tar), ou tous les fichiers remis : message .pgp, manifeste, signature et certificat. Vous pouvez aussi les déposer ici.',
    withProof: 'Message, manifeste, signature et certificat : l’origine sera vérifiée avant l’ouverture.',
    withoutProof:
      'Message seul : il s’ouvre, mais rien ne dira d’où il vient. Ajoutez le manifeste, sa signature et appliance.asc.',
    open: 'Ouvrir',
    opening: 'Ouverture…',
    close: 'Fermer et oublier',
    call: 'Appel',
    outside: 'Correspondant',
    origin: 'Origine',
    signed: 'Signé par l’appliance ; l’audio est celui du manifeste',
    unsigned: 'Non vérifiée',
    compare: 'Comparez cette empreinte avec celle que l’appliance vous a donnée par un autre moyen.',
    errors: {
      'no-recording': 'Aucun enregistrement parmi ces fichiers : il faut un fichier .pgp.',
      'no-key': 'Choisissez la clé privée.',
      'signature-bad': 'La signature du manifeste est fausse : rien n’est ouvert.',
      'body-altered': 'L’audio n’est pas celui que nomme le manifeste : rien n’est ouvert.',
      'manifest-unreadable': 'Le manifeste est illisible : rien n’est ouvert.',
    } as Record<string, string>,
  },
  en: {
    title: 'Listen to a recording that was handed out',
    hint: 'This page works without a network: nothing leaves it, neither the key nor the sound.',
    files: 'Files of the recording',
    filesHint:
      'The package of evidence (.tar), or all files that were handed out: the .pgp message, the manifest, its signature and the certificate. You can drop them here, too.',
    withProof: 'Message, manifest, signature and certificate: the origin is verified before it is opened.',
    withoutProof:
      'The message alone: it opens, and nothing will say where it comes from. Add the manifest, its signature and appliance.asc.',
    open: 'Open',
    opening: 'Opening…',
    close: 'Close and forget',
    call: 'Call',
    outside: 'Outside party',
    origin: 'Origin',
    signed: 'Signed by the appliance; the audio is the manifest’s',
    unsigned: 'Not verified',
    compare: 'Compare this fingerprint with the one that the appliance gave you by another way.',
    errors: {
      'no-recording': 'No recording among these files: a .pgp file is needed.',
      'no-key': 'Choose the private key.',
      'signature-bad': 'The signature of the manifest is wrong: nothing is opened.',
      'body-altered': 'The audio is not the one that the manifest names: nothing is opened.',
      'manifest-unreadable': 'The manifest cannot be read: nothing is opened.',
    },
  },
});
