/**
 * Words that judge: what is felt, appreciated or supposed. No record says that it is so, and two workers who note it do not agree. The
 * list is read on texts without case, accents and punctuation (`fold` in proposals.ts). Each expression has its reason, which its author
 * gives. A text without these words proves nothing: the measure, and the words made from it, say what is counted.
 *
 * Source: the items of the grid that Cosmos replaces (« écoute soutien +++ », « conflits de couple sans violence », « difficultés
 * éducatives »), and what resembles them.
 */
interface JudgingWords {
  readonly words: RegExp;
  readonly because: string;
}

const of = (words: string, because: string): JudgingWords => ({
  words: new RegExp(`(?:^| )(?:${words})(?= |$)`, 'u'),
  because,
});

/** The expressions, each with its reason. */
export const JUDGING_WORDS: readonly JudgingWords[] = [
  // About the help that a worker gives.
  of('ecoutes?|soutiens?|reconfort\\w*|bienveillan\\w*|empath\\w*', 'how much was given is in no record'),
  of('listening|support|supportive|emotional', 'how much was given is in no record'),
  // About couples and families.
  of(
    '(?:sans|avec|hors|peu|non) violences?|(?:without|with|non|no) violence|violents?|violentes?|non violente?s?',
    'whether there is violence is what someone says or reports, and never what a service rules out',
  ),
  of(
    'conflits?|conflictuel\\w*|disputes?|mesententes?|tensions?|conflicts?|quarrels?|conjugopathi\\w*',
    'a conflict is seen from one side: named so, violence is hidden in it',
  ),
  of(
    'difficultes? (?:educati\\w*|parental\\w*|relationnel\\w*|conjugal\\w*|familial\\w*|psycholog\\w*|comportement\\w*)|(?:educational|parenting|relational|marital|family|behaviou?ral) difficult\\w*',
    'it names parents or persons by what a worker thinks of them',
  ),
  of(
    'carences?|carences? educati\\w*|defaillan\\w*|dysfonctionn\\w*|inadapt\\w*|incapa\\w*|demission\\w*|desinvesti\\w*|neglectful|dysfunction\\w*|deficien\\w*|inadequa\\w*|unfit',
    'it judges a family',
  ),
  of(
    'problematiques?|probleme\\w*|problems?|cas sociaux|cas lourds?|cassos',
    'it says of whom, and not of what',
  ),
  // About persons.
  of(
    'ressenti\\w*|motivations?|demotiv\\w*|(?:personnes?|usagers?) motivee?s?|implications?|impliquee?s?|investissement personnel|cooperati(?:on|ons|f|fs)|cooperant\\w*|collaborant\\w*|adhesion|bonne volonte|volonte|feelings?|willing\\w*|unwilling\\w*|commitment|committed|compliant|compliance|engaged',
    'it is felt',
  ),
  of(
    'attitudes?|comportements?|personnalites?|caracteres?|merit\\w*|maturite|immatur\\w*|behaviou?rs?|personality|maturity|deserv\\w*|manipulat\\w*|agressi\\w*|aggressi\\w*|revendicati\\w*|procedurier\\w*|passifs?|passives?|assistes?|assistanat|oisi\\w*|paresse\\w*|lazy|laziness',
    'it judges a character',
  ),
  of(
    'autonomie psychique|fragil\\w*|vulnerabl\\w*|vulnerabilit\\w*|instab\\w*|desequilib\\w*|emotion\\w*|souffrance\\w*|mal etre|isolement affectif|unstable|instability|fragile|fragility|suffering|distress',
    'it is a state that no record of a social service finds out',
  ),
  of(
    'mensonge\\w*|menteu\\w*|fraud\\w*|abus|abusi\\w*|profite\\w*|suspect\\w*|douteu\\w*|lies|liars?|suspicio\\w*|abusers?',
    'it accuses',
  ),
  // About degrees.
  of(
    'intensit\\w*|lourd\\w*|complexit\\w*|complexes?|gravit\\w*|graves?|serieu\\w*|importance|important\\w*|intensity|complexity|complex|severity|severe|seriously|serious|heavy|importance|important',
    'it is a degree, and everyone has their own',
  ),
  of(
    '(?<!en )qualites?|satisf\\w*|(?<!personnes? de )confiance|difficiles?|faciles?|bons?(?! (?:alimentaires?|d|de|pour) )|bonnes?|mauvais\\w*|meilleur\\w*|pires?|reussi\\w*|reussites?|echecs?|efficac\\w*|quality|satisf\\w*|trust|difficult|easy|good|bad|better|best|worse|worst|success\\w*|failures?|effective\\w*',
    'it appreciates',
  ),
];
