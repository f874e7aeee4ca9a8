/** Sentences of the server about settings and announcements, and how they are told in French: $1 is what the first group found, @1 the same in French. */

const FAULTS_FR: readonly [form: RegExp, french: string][] = [
  // What objects are called.
  [/^client ([a-z0-9-]+)$/, 'client $1'],
  [/^recipient group ([a-z0-9-]+)$/, 'groupe de destinataires $1'],
  [/^announcement ([a-z0-9-]+)$/, 'annonce $1'],
  [/^policy ([a-z0-9-]+)$/, 'règle $1'],
  [/^line (\+?\d+)$/, 'ligne $1'],
  [/^line (\+?\d+) \/destination$/, 'ligne $1, destination'],
  [/^ring group ([a-z0-9-]+)$/, 'groupe d’appel $1'],
  [/^queue ([a-z0-9-]+)$/, 'file $1'],
  [/^queue ([a-z0-9-]+) \/overflow\/to$/, 'file $1, débordement'],
  [/^conference ([a-z0-9-]+)$/, 'conférence $1'],
  [/^person: (\d+)$/, 'personnes : $1'],
  [/^person ([a-z0-9-]+)$/, 'personne $1'],
  [/^team ([a-z0-9-]+)$/, 'équipe $1'],
  [/^outbound ([a-z0-9-]+)$/, 'appels sortants de $1'],
  [/^internal$/, 'appels internes'],
  [/^staff representatives$/, 'représentants du personnel'],
  // The audit log.
  [/^generation (\w+) → (\w+)([\s\S]*)$/, 'génération $1 → $2$3'],
  [/^(.+?) (\/\S+)$/, '@1 $2'],
  // lawful.ts
  [
    /^keeps recordings for (\S+), less than one minute$/,
    'conserve les enregistrements $1, moins d’une minute',
  ],
  [
    /^keeps recordings for (\S+), shorter than five years for purpose mifid$/,
    'conserve les enregistrements $1, moins de cinq ans pour des ordres financiers',
  ],
  [
    /^keeps recordings for (\S+), longer than (.+) for purpose (\w+)$/,
    'conserve les enregistrements $1, plus de @2 pour la finalité « @3 »',
  ],
  [/^six months$/, 'six mois'],
  [/^one year$/, 'un an'],
  [/^five years$/, 'cinq ans'],
  [/^seven years$/, 'sept ans'],
  [/^quality$/, 'qualité'],
  [/^training$/, 'formation'],
  [/^contract$/, 'preuve du contrat'],
  [/^mifid$/, 'ordres financiers'],
  [
    /^its derogation is for quality and training only$/,
    'la dérogation ne vaut que pour la qualité et la formation',
  ],
  [
    /^(its derogation|legal_obligation) needs a text of (\d+) characters or more, and an approver$/,
    '@1 : il faut un texte de $2 caractères ou plus, et un décideur',
  ],
  [/^its derogation$/, 'dérogation'],
  [/^legal_obligation$/, 'obligation légale'],
  [/^the proof of a contract is started by the agent$/, 'la preuve d’un contrat est déclenchée par l’agent'],
  [
    /^purpose mifid needs the legal obligation in writing$/,
    'les ordres financiers demandent l’obligation légale par écrit',
  ],
  [
    /^nobody may refuse, and no legal obligation is written down$/,
    'personne ne peut s’opposer, et aucune obligation légale n’est écrite',
  ],
  [
    /^records every call, and no legal obligation is written down$/,
    'enregistre tous les appels, et aucune obligation légale n’est écrite',
  ],
  [/^not an ISO 8601 duration: (.*)$/, '« $1 » n’est pas une durée ISO 8601'],
  [/^longer than any calendar: (.*)$/, '« $1 » dépasse tout calendrier'],
  [/^write (P\w+) or less$/, 'écrivez $1 ou moins'],
  [/^write (P\w+) or more$/, 'écrivez $1 ou plus'],
  [/^write P180D for 180 days$/, 'écrivez P180D pour 180 jours'],
  [
    /^write (P\w+) or less, or a derogation: \{text, approver\}$/,
    'conservez $1 ou moins, ou écrivez une dérogation et son décideur',
  ],
  [/^start: on-demand$/, 'choisissez : déclenché par l’agent'],
  [/^write legal_obligation: \{text, approver\}$/, 'écrivez l’obligation légale et qui en a décidé'],
  // names.ts
  [/^is defined twice$/, 'est défini deux fois'],
  [/^extension (\d+) belongs to (.+) already$/, 'le poste $1 appartient déjà à : @2'],
  [/^number (\d+) is taken by (.+)$/, 'le numéro $1 est déjà pris par : @2'],
  [
    /^number (\d+) begins with 0, which leads outside$/,
    'le numéro $1 commence par 0, qui mène à l’extérieur',
  ],
  [/^number (\d+) is an emergency number$/, 'le $1 est un numéro d’urgence'],
  [/^number (\d+) is a place of parked calls \(700-720\)$/, 'le $1 est une place de parcage (700 à 720)'],
  [/^Asterisk keeps this name for itself$/, 'Asterisk se réserve ce nom'],
  // people.ts
  [
    /^policy (\S+) records, and nobody whose phone rings may be recorded$/,
    'la règle $1 enregistre, et aucune personne dont le poste sonne ne peut être enregistrée',
  ],
  [
    /^inform the people first and write informed_on and cse_consulted_on, or take a policy with consent never$/,
    'informez d’abord les personnes et consultez le CSE, inscrivez les deux dates, ou prenez une règle qui n’enregistre pas',
  ],
  [/^extension (\d+) belongs to nobody$/, 'le poste $1 n’appartient à personne'],
  [/^extension (\d+) is of client (\S+), not of (\S+)$/, 'le poste $1 est au client $2, pas à $3'],
  [/^(\w+): (\S+) is no day of the calendar$/, '$1 : le $2 n’existe pas'],
  [/^the window (\S+) (\S+) ends before it begins$/, 'la plage $1 $2 finit avant de commencer'],
  [/^write two windows for a night$/, 'écrivez deux plages pour une nuit'],
  // queues.ts
  [
    /^its priority is for a queue, and it leads to none$/,
    'une priorité est donnée, et la ligne ne mène à aucune file',
  ],
  [/^take priority away$/, 'retirez la priorité'],
  [/^leads nowhere$/, 'ne mène nulle part'],
  [/^leads to several places at once \((.*)\)$/, 'mène à plusieurs endroits à la fois ($1)'],
  [/^name one of (.*)$/, 'nommez-en un : $1'],
  [
    /^whoever finds nobody there is to go elsewhere, and no overflow says where$/,
    'qui n’y trouve personne doit aller ailleurs, et aucun débordement ne dit où',
  ],
  [
    /^write overflow: \{after_seconds, to\}, or when_empty: wait$/,
    'écrivez overflow dans le texte, ou when_empty: wait',
  ],
  [
    /^its overflow after (\d+) s comes later than its timeout of (\d+) s$/,
    'le débordement après $1 s vient après l’attente maximale de $2 s',
  ],
  [/^raise timeout_seconds$/, 'augmentez l’attente maximale'],
  [/^its overflow leads back to it \((.*)\)$/, 'le débordement y ramène ($1)'],
  [/^end the chain somewhere$/, 'terminez la chaîne quelque part'],
  [/^holiday (\S+) is no day of the calendar$/, 'le jour férié $1 n’existe pas'],
  [
    /^outside its hours it plays (\S+), of the kind (\w+)$/,
    'hors horaires elle diffuse $1, qui n’est pas un message de fermeture',
  ],
  [/^name an announcement of the kind closed$/, 'nommez un message de fermeture'],
  // references.ts
  [
    /^(client|policy|announcement|recipient group|ring group|queue|conference|person) (\S*) is not defined$/,
    '@1 $2 : n’existe pas',
  ],
  [
    /^(policy|announcement|recipient group|ring group|queue|conference|person) (\S+) is of client (\S+), not of (\S*)$/,
    '@1 $2 : au client $3, pas à $4',
  ],
  [/^policy$/, 'règle'],
  [/^announcement$/, 'annonce'],
  [/^recipient group$/, 'groupe de destinataires'],
  [/^ring group$/, 'groupe d’appel'],
  [/^queue$/, 'file'],
  [/^conference$/, 'conférence'],
  [/^person$/, 'personne'],
  [/^information (\S+) is a (\w+), not an information$/, '$1 n’est pas une annonce d’information'],
  [
    /^policy (\S+) records, and no notice is played first$/,
    'la règle $1 enregistre, et aucune annonce ne prévient l’appelant',
  ],
  // supervision.ts
  [/^person (\S+) has the role (\S+) and cannot supervise$/, '$1 a le rôle $2 et ne peut pas superviser'],
  [/^roles that can: (.*)$/, 'rôles qui le peuvent : $1'],
  [/^person (\S+) supervises the own calls$/, '$1 superviserait ses propres appels'],
  [
    /^policy (\S+) lets supervisors listen, and nobody is asked$/,
    'la règle $1 laisse écouter les superviseurs, et n’enregistre pas',
  ],
  [
    /^policy (\S+) lets supervisors listen, and no notice says so$/,
    'la règle $1 laisse écouter les superviseurs, et aucune annonce ne le dit',
  ],
  [
    /^have the announcement say that calls may be listened to, or take live_listening away$/,
    'faites dire à l’annonce que l’appel peut être écouté, ou retirez l’écoute en direct',
  ],
  // warnings.ts
  [/^records (\d+) % of the calls, more than (\d+) %$/, 'enregistre $1 % des appels, plus de $2 %'],
  [
    /^is not informed, or the works council not consulted: calls go unrecorded$/,
    'n’est pas informée, ou le CSE n’a pas été consulté : ses appels ne sont pas enregistrés',
  ],
  [/^(\d+), whose calls are never recorded$/, '$1, dont les appels ne sont jamais enregistrés'],
  // convert.ts
  [/^(.+) lasts ([\d.]+) s only$/, '$1 ne dure que $2 s'],
  [/^(.+) lasts longer than (\d+) s$/, '$1 dure plus de $2 s'],
  [/^an announcement lasts ([\d.]+) to (\d+) seconds$/, 'une annonce dure de $1 à $2 secondes'],
  [/^(.+) is silent \((.+)\)$/, '$1 est muet ($2)'],
  [/^look at the microphone and record it again$/, 'vérifiez le microphone et recommencez'],
  [/^(.+) cannot be read as audio: (.*)$/, '$1 ne se lit pas comme un fichier audio ($2)'],
  [/^give a WAV file$/, 'donnez un fichier WAV'],
  [/^(.+) did not arrive whole$/, '$1 n’est pas arrivé en entier'],
  [/^send it again$/, 'envoyez-le de nouveau'],
  // The form, and the text.
  [/^the text is not YAML: ([\s\S]*)$/, 'le texte n’est pas du YAML : $1'],
  [/^(.+) must match pattern "(.*)"(.*)$/, '@1 n’a pas la forme attendue@3'],
  [/^(.+) must have required properties (.*)$/, '@1 : il manque $2'],
  [/^(.+) must be equal to one of the allowed values(.*)$/, '@1 n’est pas une valeur admise@2'],
  [/^(.+) must not have fewer than (\d+) characters(.*)$/, '@1 : $2 caractères au moins@3'],
  [/^(.+) must not have more than (\d+) characters(.*)$/, '@1 : $2 caractères au plus@3'],
  [/^(.+) must not have fewer than (\d+) items(.*)$/, '@1 : $2 au moins$3'],
  [/^(.+) must be (>=|<=) (\d+)(.*)$/, '@1 doit être $2 $3@4'],
  [/^unknown key (.*)$/, 'clé inconnue : $1'],
  [/^ \(found ([\s\S]*)\)$/, ' (trouvé : $1)'],
];

/** A sentence of the server in French; what is not known here stays as it was said. */
export function inFrench(said: string): string {
  for (const [form, french] of FAULTS_FR) {
    const found = form.exec(said);
    if (found)
      return french.replaceAll(/([$@])(\d)/g, (_, mark, at) => {
        const group = found[Number(at)] ?? '';
        return mark === '@' ? inFrench(group) : group;
      });
  }
  return said;
}
