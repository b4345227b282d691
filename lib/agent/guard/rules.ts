import { LANGUAGES } from '../../domain/language.ts';

/** Languages that the guard reads and answers in by itself. */
export const GUARD_LANGUAGES = LANGUAGES;
export type GuardLanguage = (typeof GUARD_LANGUAGES)[number];

/** What a message may be stopped for. `self_harm` is answered with care, the others with the reason. */
export const GUARD_KINDS = [
  'self_harm',
  'exam',
  'minors',
  'sexual',
  'weapons',
  'drugs',
  'threat',
  'hate',
  'promotion',
  'impersonation',
  'orders',
] as const;
export type GuardKind = (typeof GUARD_KINDS)[number];
/** Those that only the brand guard minds. */
export const BRAND_KINDS: readonly GuardKind[] = ['promotion', 'impersonation', 'orders'];

export type GuardRule = { kind: GuardKind; language: GuardLanguage; find: RegExp; unless?: RegExp };

const rules = (kind: GuardKind, by: Record<GuardLanguage, string>, unless?: RegExp): GuardRule[] =>
  GUARD_LANGUAGES.map((language) => ({
    kind,
    language,
    find: new RegExp(String.raw`(?<![\p{L}])(?:${by[language]})(?![\p{L}])`, 'iu'),
    ...(unless && { unless }),
  }));

/** What somebody says who quotes, analyses or asks about it. */
const QUOTED =
  /["“„«‘'](?=[^"”“»’']{0,120}(?:kill|die|live|umbringen|sterben|leben|mourir|tuer|vivre|morir|matar|vivir))[^"”“»’']{0,160}["”“»’'][^.]{0,60}|\b(?:novel|poem|lyric|play|character|essay|quote|hamlet|werther|scene|roman|gedicht|figur|romanfigur|zitat|poème|personnage|citation|novela|poema|personaje|cita|translate|übersetze|traduis|traduce|übersetzung|grammar|grammatik)\b/iu;

const I_WILL = `i(?:[' ]?m| am| was)? ?(?:just |really |only |actually )?(?:want|wanna|wish|going|gonna|plan(?:ning)?|intend|need|about|thinking (?:of|about)|ready)(?: to)?`;

const SELF_HARM = rules(
  'self_harm',
  {
    en: `${I_WILL} (?:die|dying|kill(?:ing)? myself|end(?:ing)? (?:my life|it all)|hurt(?:ing)? myself|cut(?:ting)? myself|be dead|i (?:was|were) dead|disappear forever)|i(?:'m| am) (?:suicidal|better off dead)|i (?:don'?t|do not|no longer) want to (?:live|be alive|exist|wake up)(?: any ?more)?|(?:everyone|everybody|they)(?:'d| would| will) be better off without me|i(?:'ve| have)? (?:been )?(?:cut(?:ting)?|hurt(?:ing)?|harm(?:ing|ed)?|burn(?:ing|ed)?) myself|(?:no|any) reason (?:for me )?to (?:live|go on)(?: any ?more)?|how (?:do|can|could) i (?:kill myself|end my life|overdose)|(?:painless|easiest|best) ways? to (?:die|kill myself|end my life)|i (?:can'?t|cannot) go on living|kill myself (?:tonight|today|tomorrow|now)|my suicide (?:note|plan)`,
    de: String.raw`ich (?:will|möchte|wollte|werde|würde(?: am liebsten)?) (?:nur noch |einfach |endlich |am liebsten |nicht mehr )?(?:sterben|tot sein|mich umbringen|leben(?=\W|$)(?<=nicht mehr leben)|mir das leben nehmen|mich (?:selbst )?(?:verletzen|ritzen|töten)|aufwachen(?<=nicht mehr aufwachen)|da sein(?<=nicht mehr da sein))|ich (?:ritze|verletze|schneide) mich|ich bring(?:e)? mich um|ich habe keinen grund mehr zu leben|(?:alle|alles|ihr|sie) (?:wären|wäre|seid|sind) (?:ohne mich )?besser (?:dran)?(?: ohne mich)?|ich kann nicht mehr weiterleben|wie (?:kann|bringe?|nehme?) ich (?:mich|mir) (?:am besten )?(?:um|das leben(?: nehmen)?|umbringen|töten)|ich denke (?:oft |ständig )?an (?:selbstmord|suizid)|ich bin (?:suizidal|lebensmüde)|mein abschiedsbrief`,
    fr: `je (?:veux|voudrais|vais|souhaite|ne veux plus) (?:juste |vraiment |en finir|mourir|me tuer|me suicider|vivre|exister|me faire du mal|me blesser|être mort(?:e)?|disparaître)(?: avec la vie|mourir|me tuer|en finir|plus vivre)?(?:(?<=ne veux plus (?:vivre|exister))|(?<=mourir|tuer|suicider|finir|mal|blesser|morte?|disparaître|vie))|je me (?:coupe|scarifie|mutile|fais du mal)|j'ai envie de (?:mourir|me tuer|en finir|me faire du mal|disparaître)|je pense (?:souvent |tout le temps )?au suicide|je (?:n'en peux plus de|suis fatiguée? de) vivre|je n'ai plus (?:de|aucune) raison de vivre|(?:tout le monde|ils) (?:serait|seraient|irait) mieux sans moi|comment (?:me (?:tuer|suicider)|mettre fin à mes jours)|ma lettre d'adieu`,
    es: `(?:me )?(?:quiero|quisiera|voy a|deseo|necesito) (?:morir(?:me)?|matarme|suicidarme|acabar con mi vida|hacerme daño|cortarme|estar muert[oa]|desaparecer)|no quiero (?:vivir|seguir viviendo|existir|despertar)(?: más)?|me (?:corto|hago daño|autolesiono|estoy cortando)|pienso (?:mucho |siempre )?en (?:el suicidio|suicidarme|matarme)|no tengo (?:ninguna razón|razones|motivos) para vivir|(?:todos|ellos) estarían mejor sin mí|cómo (?:puedo )?(?:matarme|suicidarme|quitarme la vida)|me voy a quitar la vida|ya no puedo seguir viviendo|mi carta de despedida`,
  },
  QUOTED,
);

const PRACTICE =
  /practice|mock|past (?:exam|paper|test)|old (?:exam|test)|sample|trial|simulat|simulacro|simulation|prepar|revis(?:e|ion|ing)|last (?:week|year)|yesterday|tomorrow|next (?:week|month)|probe|übung|alt(?:klausur|prüfung)|vorbereit|morgen|nächste|gestern|letzte|blanc|annales|entraîne|prépar|demain|prochaine?|hier|práctic|prepar|mañana|próxim|ayer|pasado|(?:exam|test|final|midterm)s? (?:season|period|phase|week|mode)|klausurenphase|prüfungsphase|prüfungszeit|période d'examens|época de exámenes/iu;
const EXAM_EN = `(?:live |final |mid-?term |online |proctored |maths? |chem(?:istry)? |physics |biology )*(?:exam|test|mid-?term|final|quiz)`;
const EXAM_DE = `(?:online-?|mathe-?|abschluss-?|abitur-?)?(?:klausur|prüfung|examen|abiturprüfung|schularbeit|test)`;
const EXAM_FR = `(?:examen|partiel|contrôle|épreuve|concours|interro)`;
const EXAM_ES = `(?:examen|parcial|prueba|control|test)`;
const EXAM = rules(
  'exam',
  {
    en: String.raw`(?:i'?m|i am|we'?re|we are) (?:sitting |taking |doing |writing |currently |right now |in the middle of |in |at )+(?:my |an? |the |our )?${EXAM_EN}(?: (?:right )?now| at the moment| and)|(?:right now|currently|this very moment)[^.?!]{0,30}(?:taking|sitting|writing|in) (?:my |an? |the )?${EXAM_EN}|during (?:my|the) (?:live |running )?${EXAM_EN}[^.?!]{0,40}(?:answer|solve|tell|help)|(?:my|the) ${EXAM_EN} (?:is (?:running|going on|live)|ends in \d+ min\w*|started \d+ min\w*)|(?:without|before) (?:the )?(?:proctor|invigilator|teacher)[^.?!]{0,30}(?:notic|see|com)|${EXAM_EN} (?:is )?(?:right )?now[,:]`,
    de: String.raw`(?:ich|wir) (?:sitze|sitzen|bin|sind|schreibe|schreiben|mache|machen) (?:gerade |jetzt |mitten |eben |momentan |in |im |der |die |eine |meine |einer |meiner )+${EXAM_DE}(?!en)|(?:gerade|jetzt|momentan)[^.?!]{0,25}(?:in der|in meiner|schreibe ich (?:eine|die|meine)) ${EXAM_DE}|(?:die|meine) ${EXAM_DE} (?:läuft (?:gerade|noch)|endet in \d+ minuten|hat (?:gerade|eben) begonnen)|während (?:der|meiner) (?:laufenden )?${EXAM_DE}[^.?!]{0,40}(?:antwort|lös|sag|hilf)|ohne dass (?:die aufsicht|der prüfer|der lehrer)[^.?!]{0,30}merkt`,
    fr: String.raw`je (?:suis|passe|fais) (?:actuellement |en ce moment |en train de passer |en plein(?:e)? |en |dans |un |une |mon |l')+${EXAM_FR}(?: (?:maintenant|en ce moment|et)|[,:])|je suis en plein(?:e)? ${EXAM_FR}|(?:mon|l'|le) ?${EXAM_FR} (?:est en cours|a commencé|se termine dans \d+ min\w*)|pendant (?:mon|l'|le) ?${EXAM_FR}[^.?!]{0,40}(?:répon|résou|aide|donne)|sans que (?:le surveillant|le prof|la prof)[^.?!]{0,30}(?:voie|remarque)`,
    es: String.raw`estoy (?:ahora (?:mismo )?|en (?:pleno |medio de(?:l)? |este momento en )?|haciendo |presentando |mi |el |un |una )+${EXAM_ES}(?: ahora(?: mismo)?| en este momento| y|[,:])|estoy en pleno ${EXAM_ES}|ahora mismo[^.?!]{0,25}(?:haciendo|en) (?:mi |el |un |una )?${EXAM_ES}|(?:mi|el) ${EXAM_ES} (?:está en curso|ya empezó|termina en \d+ min\w*)|durante (?:mi|el) ${EXAM_ES}[^.?!]{0,40}(?:respuesta|resuelv|ayuda|dime)|sin que (?:el profesor|la profesora|el vigilante)[^.?!]{0,30}(?:vea|note|dé cuenta)`,
  },
  PRACTICE,
);

const MINORS = rules('minors', {
  en: String.raw`(?:sexual|sexy|erotic|nude|naked|porn\w*)[^.?!]{0,40}(?:story|stories|picture|pictures|photo|photos|images?|video|scene|roleplay|content|of|with)[^.?!]{0,30}(?:child(?:ren)?|minors?|underage|kids?|schoolgirls?|schoolboys?|(?:1[0-7]|[4-9])[- ]year[- ]olds?)|child porn\w*|(?:write|give|show|draw)[^.?!]{0,20}(?:child|underage|minor)[^.?!]{0,20}(?:sex|erotic|nude)`,
  de: String.raw`(?:sexuelle|erotische|nackte?|porno\w*)[^.?!]{0,40}(?:geschichte|bilder?|fotos?|szene|video|von|mit)[^.?!]{0,30}(?:kind(?:ern|er)?|minderjährigen?|schülerin(?:nen)?|(?:1[0-7]|[4-9])-?jährigen?)|kinderporno\w*(?= (?:zeig|schick|schreib|bild|such|geb))|(?:zeig|schick|schreib|such)\p{L}*[^.?!]{0,20}kinderporno\w*`,
  fr: String.raw`(?:sexuelle?|érotique|nue?s?|porno\w*)[^.?!]{0,40}(?:histoire|photos?|images?|scène|vidéo|de|avec)?[^.?!]{0,30}(?:enfants?|mineure?s?|écolières?|(?:1[0-7]|[4-9]) ans)(?<=(?:écris|montre|donne|envoie|fais|histoire|photos?|images?|scène|vidéo)[^?!]{0,90})`,
  es: String.raw`(?:historia|relato|fotos?|imágenes|vídeo|video|escena)s? (?:sexual(?:es)?|erótic[oa]s?|desnud[oa]s?|porno\w*|de sexo)[^.?!]{0,30}(?:niñ[oa]s?|menor(?:es)?|colegialas?|(?:1[0-7]|[4-9]) años)`,
});

const SEXUAL = rules('sexual', {
  en: String.raw`(?:write|give|tell|show|make|create|let's do|start)[^.?!]{0,25}(?:porn\w*|erotic\w*|smut|explicit sex\w*|sexually explicit|dirty talk|sexting|nudes?)(?: (?:story|scene|fiction|roleplay|chat))?|(?:have|do) (?:cyber)?sex with me|talk dirty to me|(?:erotic|sexual) roleplay`,
  de: String.raw`(?:schreib|erzähl|zeig|mach|gib|lass uns)\p{L}*[^.?!]{0,30}(?:porno\w*|erotik\w*|erotische\w*|sexgeschichte|sexszene|dirty talk|nacktbilder?)|red(?:e)? schmutzig mit mir|erotisches rollenspiel`,
  fr: String.raw`(?:écris|raconte|montre|donne|fais|imagine)[- ]?\p{L}*[^.?!]{0,30}(?:porno\w*|érotique|scène de sexe|histoire de cul|photos? nues?)|parle-moi salement|jeu de rôle (?:érotique|sexuel)`,
  es: String.raw`(?:escr[ií]be\p{L}*|cuénta\p{L}*|muéstra\p{L}*|dame|haz\p{L}*|crea)[^.?!]{0,30}(?:porno\w*|erótic[oa]s?|escena de sexo|sexo explícito|fotos? desnud[oa]s?)|háblame sucio|juego de rol (?:erótico|sexual)`,
});

const WEAPONS = rules('weapons', {
  en: String.raw`(?:how (?:do|can|could|would|should) (?:i|you|we|one)|how to|instructions (?:for|to|on how to)|(?:give|show|tell|teach|help) (?:me|us)[^.?!]{0,30}(?:to|how)|step[- ]by[- ]step[^.?!]{0,20}(?:to|for)|recipe for(?: a)?) ?(?:\p{L}+ ){0,2}?(?:build|make|making|assemble|construct|detonate|3d[- ]print|synthesi[sz]e|produce|building)? ?(?:my own |a |an |some )?(?:home-?made |working |small |real )?(?:pipe |nail |dirty |fertili[sz]er |car |petrol )?(?:bombs?|explosives?|ieds?|grenades?|nerve agents?|nerve gas|sarin|ricin|molotov(?: cocktails?)?|ghost guns?|mustard gas|napalm)(?= (?:at home|myself|in my|with|from|for)|[.?!]|$)`,
  de: String.raw`(?:wie (?:baue?|mache?|bastle?|stelle?|kann|könnte|würde)[^.?!]{0,10}(?:ich|man|wir)|anleitung (?:zum|für|zur)|(?:zeig|sag|erklär|hilf) mir[^.?!]{0,30})[^.?!]{0,30}(?:rohr|nagel|auto|brand)?(?:bomben?|sprengsatz|sprengstoff|granaten?|molotow\p{L}*|nervengas|sarin|rizin|senfgas|napalm)(?:[^.?!]{0,20}(?:baue?n?|mache?n?|basteln?|her(?:stellen?)?|zu hause|selbst|zünden))|wie baue? ich (?:eine |einen )?(?:rohr|nagel)?(?:bombe|sprengsatz)`,
  fr: `(?:comment (?:fabriquer|faire|construire|assembler|synthétiser|je (?:peux|pourrais) (?:fabriquer|faire))|(?:donne|montre|explique|dis)-moi[^.?!]{0,30}(?:fabriquer|faire|construire)|instructions pour (?:fabriquer|construire)|recette (?:de|d'une?)) (?:une |un |des |du |de la |mon |ma )?(?:bombes?|explosifs?|grenades?|cocktails? molotov|gaz (?:sarin|moutarde|innervant)|sarin|ricine|napalm)`,
  es: `(?:cómo (?:puedo |se puede |podría )?(?:fabricar|hacer|construir|armar|sintetizar|hago|fabrico|construyo)|(?:dame|dime|muéstrame|explícame)[^.?!]{0,30}(?:fabricar|hacer|construir)|instrucciones para (?:fabricar|hacer|construir)|receta (?:de|para)) (?:una |un |mi )?(?:bombas?|explosivos?|granadas?|cóctel(?:es)? molotov|gas (?:sarín|mostaza|nervioso)|sarín|ricina|napalm)(?: casera?)?`,
});

const DRUGS = rules('drugs', {
  en: String.raw`(?:how (?:do|can|could) i|how to|help me(?: to)?|teach me(?: how)? to|where can i) (?:cook|make|synthesi[sz]e|buy|get|smuggle|sell|deal|grow)(?: some| my own| illegal)? (?:crystal )?(?:meth|methamphetamine|heroin|crack|cocaine|coke|fentanyl|mdma|ecstasy|lsd|ghb)(?! (?:addict|abuse|treatment))|(?:cook|sell) (?:meth|crack) (?:at home|to)|how (?:do|can) i (?:steal a car|launder money|forge (?:a passport|an id|a diploma)|hack (?:into )?(?:my|the) (?:teacher|professor|school|university)\p{L}*)`,
  de: `(?:wie (?:koche?|mache?|kaufe?|stelle?|verkaufe?|schmuggle?|kann|komme)[^.?!]{0,12}(?:ich|man)|wo (?:kann|bekomme|kriege|kaufe) ich|hilf mir)[^.?!]{0,25}(?:crystal(?: meth)?|meth|heroin|crack|kokain|koks|fentanyl|mdma|ecstasy|lsd)(?:[^.?!]{0,20}(?:kochen|her(?:stellen)?|kaufen?|verkaufen|zu hause|selbst|ran))?|wie (?:fälsche|stehle|knacke|hacke) ich (?:einen pass|einen ausweis|ein zeugnis|ein auto|den account|das konto)`,
  fr: String.raw`(?:comment (?:fabriquer|faire|cuisiner|synthétiser|acheter|vendre|passer)|où (?:acheter|trouver|puis-je acheter)|aide-moi à (?:fabriquer|acheter|vendre)) (?:de la |du |de l'|des )?(?:crystal|méth\p{L}*|meth|héroïne|crack|cocaïne|coke|fentanyl|mdma|ecstasy|lsd)|comment (?:falsifier|voler|pirater) (?:un passeport|une carte d'identité|un diplôme|une voiture|le compte)`,
  es: `(?:cómo (?:puedo )?(?:cocinar|hacer|fabricar|sintetizar|comprar|vender|pasar|cocino|hago|compro|vendo)|dónde (?:puedo )?(?:comprar|conseguir|compro|consigo)|ayúdame a (?:cocinar|fabricar|comprar|vender)) (?:la |el )?(?:cristal|metanfetamina|meta|heroína|crack|cocaína|coca|fentanilo|mdma|éxtasis|lsd)|cómo (?:puedo )?(?:falsificar|falsifico|robar|robo|hackear|hackeo) (?:un pasaporte|un carnet|un título|un coche|la cuenta)`,
});

const THREAT = rules(
  'threat',
  {
    en: String.raw`(?:i(?:'ll| will|'m going to| am going to|'m gonna| want to| wanna)|help me(?: to)?|how (?:do|can|should) i) (?:kill|hurt|beat up|stab|shoot|murder|rape|poison|strangle|torture) (?:him|her|(?<!how (?:do|can|should) i \p{L}+ )them|you|my (?:teacher|roommate|classmate|professor|ex|girlfriend|boyfriend|wife|husband|parents?|mother|father|brother|sister|neighbou?r|boss)(?!'s? (?:argument|essay|point|theory|paper|class))\p{L}*|everyone|people|somebody|someone)|shoot up (?:my|the) (?:school|university|campus|class)|i(?:'ll| will|'m going to) blow up`,
    de: `(?:ich (?:werde|will|möchte)|hilf mir|wie (?:kann|soll) ich) (?:ihn|sie|dich|euch|meine[nrm]? (?:lehrer|lehrerin|mitbewohner|mitbewohnerin|mitschüler|professor|ex|freundin|freund|frau|mann|eltern|mutter|vater|bruder|schwester|nachbarn?|chef)|alle|jemanden?|leute)[^.?!]{0,20}(?:um(?:zu)?bringen|(?:zu )?töten|(?:zu )?erschießen|(?:zu )?erstechen|(?:zu )?vergiften|(?:zu )?verprügeln|an(?:zu)?greifen|zusammenschlagen|ermorden)|amok(?:lauf)? (?:an|in) meiner (?:schule|uni)`,
    fr: String.raw`(?:je (?:vais|veux)|aide-moi à|comment(?: puis-je| je peux)?) (?:tuer|poignarder|tirer sur|assassiner|violer|empoisonner|tabasser|frapper|étrangler|torturer) (?:(?:mon|ma|mes) (?:profs?|coloc\p{L}*|camarades?|ex|copine|copain|femme|mari|parents|mère|père|frère|sœur|voisine?s?|patron)|quelqu'un|tout le monde|des gens)|je (?:vais|veux) (?:le|la|les|te) (?:tuer|poignarder|assassiner|violer|empoisonner|tabasser)`,
    es: String.raw`(?:voy a|quiero|ayúdame a|cómo (?:puedo )?)(?:matar|apuñalar|disparar|asesinar|violar|envenenar|golpear|estrangular|torturar)(?:lo|la|los|las|te)?(?: a(?:l)? (?:mi|mis|ese|esa|alguien|todos|la gente|l)?)? ?(?:profesor\p{L}*|compañer\p{L}*|ex|novi[oa]|mujer|marido|padres|madre|padre|herman[oa]|vecin[oa]|jefe)?(?<=(?:mat|apuñal|dispar|asesin|viol|envenen|golpe|estrangul|tortur)ar(?:lo|la|los|las|te)|a (?:mi|mis|ese|esa) \p{L}+|alguien|todos|la gente)`,
  },
  QUOTED,
);

const GROUPS_EN =
  'jews|muslims|christians|blacks|black people|whites|asians|gays|lesbians|immigrants|refugees|women|trans people|gypsies|roma|foreigners|disabled people';
const HATE = rules('hate', {
  en: `(?:all|those|these|the) (?:${GROUPS_EN}) (?:should|must|deserve to|need to|have to) (?:all )?(?:die|burn|disappear|be (?:killed|shot|hanged|gassed|exterminated|deported|wiped out))|(?:kill|exterminate|gas|shoot|hang) (?:all |the )+(?:${GROUPS_EN})|(?:write|give|tell) (?:me )?(?:an? |some )?(?:hateful|racist|antisemitic|homophobic|sexist) (?:speech|jokes?|rant|post|text|slurs)`,
  de: String.raw`(?:alle|diese|die) (?:juden|muslime|christen|schwarzen|ausländer|flüchtlinge|schwulen|lesben|frauen|asylanten|behinderten|roma) (?:sollen|sollten|müssen|gehören) (?:alle )?(?:sterben|weg|vergast|erschossen|vernichtet|abgeschoben|verschwinden|getötet)|(?:schreib|erzähl|gib)\p{L}*(?: mir)? (?:einen? |ein paar )?(?:rassistische\p{L}*|antisemitische\p{L}*|hetzerische\p{L}*|schwulenfeindliche\p{L}*|sexistische\p{L}*) (?:witze?|rede|texte?|post|sprüche)|(?:tötet|vergast|erschießt) (?:alle |die )+(?:juden|muslime|ausländer|schwulen|flüchtlinge)`,
  fr: `(?:tous les|ces|les) (?:juifs|musulmans|chrétiens|noirs|arabes|étrangers|réfugiés|homosexuels|gays|immigrés|roms|migrants) (?:doivent|devraient|méritent de) (?:tous )?(?:mourir|brûler|disparaître|être (?:tués|gazés|exterminés|expulsés))|(?:écris|raconte|donne)(?:-moi)? (?:une? |des )?(?:blagues?|discours|texte|post) (?:racistes?|antisémites?|homophobes?|haineux|sexistes?)|(?:tuez|gazez|exterminez) (?:tous )?les (?:juifs|musulmans|noirs|arabes|immigrés)`,
  es: `(?:todos los|esos|los) (?:judíos|musulmanes|cristianos|negros|moros|gays|homosexuales|inmigrantes|refugiados|gitanos|extranjeros) (?:deben|deberían|tienen que|merecen) (?:todos )?(?:morir|arder|desaparecer|ser (?:asesinados|exterminados|expulsados|gaseados))|(?:escribe|cuéntame|dame|escríbeme) (?:un |una |unos |unas )?(?:chistes?|discurso|texto|post) (?:racistas?|antisemitas?|homófobos?|de odio|machistas?)|(?:maten|matad|exterminen|gaseen) a (?:todos )?los (?:judíos|musulmanes|negros|inmigrantes)`,
});

const BRANDS =
  "nike|adidas|puma|apple|samsung|google|microsoft|openai|chatgpt|anthropic|claude|gemini|meta|facebook|instagram|tiktok|amazon|netflix|disney|coca[- ]?cola|pepsi|red bull|mcdonald'?s|burger king|starbucks|nestl[eé]|ikea|tesla|bmw|mercedes|volkswagen|vw|toyota|ford|sony|nintendo|playstation|xbox|spotify|duolingo|quizlet|chegg|anki|notion|khan academy|coursera|studyflix|simpleclub|babbel|iphone|pixel|zara|h&m|lidl|aldi|carrefour|mercadona|santander|deutsche bank|paypal|visa";
const PROMOTION = rules('promotion', {
  en: `(?:write|make|create|draft|give me) (?:me )?(?:an? |some )?(?:ad|advert(?:isement)?|commercial|slogan|promo(?:tion)?|five[- ]star review|fake review|sales pitch)[^.?!]{0,30}(?:for|about|of) (?:${BRANDS})|(?:say|tell (?:everyone|me|them)|convince (?:me|them)|admit) (?:that )?(?:${BRANDS}) (?:is|are) (?:much |far |way |the )?(?:better|best|worse|worst|crap|garbage|a scam|trash)|(?:trash|bash|badmouth|insult|endorse|recommend me to buy) (?:${BRANDS})|should i buy (?:an? |the )?(?:${BRANDS})`,
  de: String.raw`(?:schreib|mach|erstell|gib)\p{L}*(?: mir)? (?:eine? |einen )?(?:werbung|werbetext|werbespruch|slogan|anzeige|fake-?bewertung|fünf-sterne-bewertung)[^.?!]{0,20}(?:für|über|zu) (?:${BRANDS})|sag(?:e)?(?: mir| allen)?,? dass (?:${BRANDS}) (?:viel )?(?:besser|schlechter|das beste|der letzte dreck|müll|schrott)|(?:mach|zieh) (?:${BRANDS}) (?:schlecht|runter|durch den dreck|fertig)|soll ich (?:mir )?(?:eine?n? )?(?:${BRANDS}) kaufen`,
  fr: `(?:écris|fais|crée|donne)(?:-moi)? (?:une? )?(?:pub(?:licité)?|slogan|annonce|faux avis|avis cinq étoiles)[^.?!]{0,20}(?:pour|sur) (?:${BRANDS})|dis(?:-moi| à tous)? que (?:${BRANDS}) (?:est|sont) (?:bien |beaucoup )?(?:mieux|meilleure?|pire|nul(?:le)?|une arnaque|le meilleur)|(?:critique|démolis|dénigre) (?:${BRANDS})|dois-je acheter (?:une? )?(?:${BRANDS})`,
  es: `(?:escribe|haz(?:me)?|crea|dame|escríbeme) (?:un |una )?(?:anuncio|publicidad|eslogan|reseña falsa|reseña de cinco estrellas)[^.?!]{0,20}(?:para|sobre|de) (?:${BRANDS})|di(?:me|les)? que (?:${BRANDS}) (?:es|son) (?:mucho )?(?:mejor(?:es)?|peor(?:es)?|una estafa|basura|lo mejor)|(?:critica|insulta|hunde) a (?:${BRANDS})|debería comprar(?:me)? (?:un |una )?(?:${BRANDS})`,
});
const POSTS_EN = `(?:${BRANDS})(?:'s)?(?: (?:customer )?(?:support|service|ceo|employee|representative|helpdesk))?|my (?:bank|teacher|professor|mother|father|boss|doctor|school)|(?:the|a) (?:police(?: officer)?|government|tax office|bank|dean|principal)|elon musk|taylor swift|donald trump|a real (?:human|person|doctor|lawyer|teacher)`;
const IMPERSONATION = rules('impersonation', {
  en: `(?:pretend (?:to be|you(?:'re| are))|act as|you are now|impersonate|speak as|pose as|(?:write|reply|answer) (?:this |it |an e-?mail )?as if you were) (?:${POSTS_EN})|(?:write|draft) (?:an? )?(?:e-?mail|letter|message)[^.?!]{0,20}(?:pretending to be|as if (?:it (?:came|was)|from)|in the name of|that looks like it(?:'s| is) from) (?:${POSTS_EN})`,
  de: String.raw`(?:tu so,? als (?:wärst|seist) du|gib dich (?:als|für)|du bist (?:jetzt|ab jetzt|nun)|sprich als|schreib(?:e)? als) (?:der |die |das |ein(?:e|en)? |mein(?:e|em)? )?(?:kundendienst|support|mitarbeiter(?:in)?|chef)?(?: von )?(?:${BRANDS}|bank|lehrer(?:in)?|professor(?:in)?|polizei|polizist|finanzamt|schulleiter(?:in)?|arzt|elon musk|echter mensch|mutter|vater)|(?:mail|brief|nachricht)[^.?!]{0,20}im namen (?:meine[rs]|der|von|des) (?:bank|lehrer\p{L}*|professor\p{L}*|polizei|schule|mutter|vaters?|${BRANDS})`,
  fr: String.raw`(?:fais semblant d'être|fais comme si tu étais|fais-toi passer pour|tu es (?:maintenant|désormais)|parle en tant que) (?:le |la |l'|un |une |mon |ma )?(?:service client|support|employée? |patron)?(?: ?(?:de |d'))?(?:${BRANDS}|banque|prof(?:esseure?)?|police|policier|médecin|impôts|directeur|directrice|elon musk|vraie? (?:humaine?|personne)|mère|père)|(?:mail|lettre|message)[^.?!]{0,20}au nom de (?:ma|mon|la|le) (?:banque|prof\p{L}*|police|école|mère|père)`,
  es: `(?:finge (?:ser|que eres)|haz como si fueras|hazte pasar por|ahora eres|actúa como(?: si fueras)?|habla como) (?:el |la |un |una |mi )?(?:servicio al cliente|soporte|emplead[oa]|jefe)?(?: ?de )?(?:${BRANDS}|banco|profesora?|policía|médico|hacienda|director(?:a)?|elon musk|persona real|humano real|madre|padre)|(?:correo|carta|mensaje)[^.?!]{0,20}en nombre de (?:mi|la|el) (?:banco|profesora?|policía|escuela|madre|padre)`,
});
const ORDERS = rules('orders', {
  en: `(?:show|print|reveal|repeat|tell me|give me|output|what (?:is|are)|leak|write out|translate|summari[sz]e|ignore)[^.?!]{0,25}(?:your|the|its) (?:full |hidden |secret |original |initial |exact |internal |previous )?(?:system (?:prompt|message|instructions?)|(?:hidden |secret |initial |internal )instructions?|standing orders|developer message)|(?:repeat|print|output) (?:everything|all(?: the)?(?: text)?|the words) (?:above|before this)|ignore (?:all |your |the |any )*(?:previous |prior |above )?(?:instructions|orders|rules)`,
  de: String.raw`(?:zeig|gib|verrat|nenn|sag|wiederhol|druck|schreib|übersetz|wie lautet|wie lauten|was ist|was sind|ignorier|vergiss)\p{L}*[^.?!]{0,25}(?:dein(?:e|en)?|die|den) (?:ganzen? |vollständigen? |geheimen? |versteckten? |internen? |bisherigen? |vorherigen? )?(?:system-?prompt|systemnachricht|systemanweisung(?:en)?|anweisungen|instruktionen|befehle|vorgaben)|wiederhole? alles (?:oben|davor|darüber)`,
  fr: `(?:montre|donne|révèle|répète|affiche|dis|écris|traduis|quel(?:le)?s? (?:est|sont)|ignore|oublie)(?:-moi)?[^.?!]{0,25}(?:ton|tes|ta|le|les|toutes les) (?:prompt (?:système|initial)|instructions? (?:système|secrètes?|cachées?|initiales?|précédentes?|internes?)|message système|consignes? (?:secrètes?|cachées?|internes?|précédentes?))|répète tout ce qui (?:est|se trouve) (?:au-dessus|avant)|ignore (?:toutes )?tes (?:instructions|consignes)`,
  es: `(?:muestra|muéstrame|dame|revela|repite|imprime|dime|escribe|traduce|cuál(?:es)? (?:es|son)|ignora|olvida)[^.?!]{0,25}(?:tu|tus|el|las|todas las) (?:prompt (?:de(?:l)? sistema|inicial)|instrucciones? (?:de(?:l)? sistema|secretas?|ocultas?|iniciales?|anteriores?|internas?)|mensaje de(?:l)? sistema|órdenes (?:secretas|internas))|repite todo lo (?:anterior|de arriba)|ignora (?:todas )?tus (?:instrucciones|órdenes)`,
});

/** In the order in which they count: care first, then what is worst. */
export const GUARD_RULES: readonly GuardRule[] = [
  ...SELF_HARM,
  ...MINORS,
  ...SEXUAL,
  ...WEAPONS,
  ...DRUGS,
  ...THREAT,
  ...HATE,
  ...EXAM,
  ...PROMOTION,
  ...IMPERSONATION,
  ...ORDERS,
];
