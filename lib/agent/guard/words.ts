import { helpLineOf } from './help-lines.ts';
import type { GuardKind, GuardLanguage } from './rules.ts';

const ELSEWHERE = 'https://findahelpline.com';

const CARE: Record<GuardLanguage, (line: string | null) => string> = {
  en: (line) =>
    `I am glad you said this, and I am sorry that it is so heavy right now. You do not have to carry it alone.\n\n${line ? `Somebody listens at any hour: **${line}**. Lines in other countries: ${ELSEWHERE}.` : `Somebody listens in your country: ${ELSEWHERE}.`} If you are in danger now, call your emergency number (112, 911 or 999), or go to somebody who is near.\n\nIs there a person you could tell today: a friend, your family, a teacher? We can go on here whenever you like, about this or about your notes.`,
  de: (line) =>
    `Gut, dass du das sagst. Es tut mir leid, dass es gerade so schwer ist. Du musst das nicht allein tragen.\n\n${line ? `Jemand hört dir zu, zu jeder Zeit: **${line}**. Nummern in anderen Ländern: ${ELSEWHERE}.` : `Jemand hört dir in deinem Land zu: ${ELSEWHERE}.`} Wenn du jetzt in Gefahr bist, ruf den Notruf (112) oder geh zu jemandem in deiner Nähe.\n\nGibt es einen Menschen, dem du es heute sagen könntest: Freunde, Familie, eine Lehrerin? Wir können hier weitermachen, wann immer du magst, darüber oder mit deinen Notizen.`,
  fr: (line) =>
    `Merci de me l’avoir dit. Je suis désolé que ce soit si lourd en ce moment. Tu n’as pas à porter cela seul.\n\n${line ? `Quelqu’un écoute à toute heure : **${line}**. Numéros d’autres pays : ${ELSEWHERE}.` : `Quelqu’un écoute dans ton pays : ${ELSEWHERE}.`} Si tu es en danger maintenant, appelle les urgences (112) ou va vers quelqu’un près de toi.\n\nY a-t-il une personne à qui tu pourrais en parler aujourd’hui : un ami, ta famille, un professeur ? Nous pouvons continuer ici quand tu veux, là-dessus ou avec tes notes.`,
  es: (line) =>
    `Gracias por decirlo. Siento que ahora sea tan difícil. No tienes que llevarlo a solas.\n\n${line ? `Alguien escucha a cualquier hora: **${line}**. Teléfonos de otros países: ${ELSEWHERE}.` : `Alguien escucha en tu país: ${ELSEWHERE}.`} Si estás en peligro ahora, llama a emergencias (112 o 911) o acércate a alguien que esté cerca.\n\n¿Hay alguien a quien puedas contárselo hoy: una amistad, tu familia, un profesor? Podemos seguir aquí cuando quieras, sobre esto o con tus apuntes.`,
};

type Refused = Exclude<GuardKind, 'self_harm'>;
const REFUSED: Record<GuardLanguage, Record<Refused, string>> = {
  en: {
    exam: 'This sounds like an exam that is going on right now, and answering in it would be cheating, so I will not. Once it is over I gladly go through every question with you. If it is a practice exam, say so and we start.',
    minors: 'I do not write or show anything sexual about children or minors.',
    sexual: 'I do not write sexual content. Questions on biology, health, law or literature I answer gladly.',
    weapons:
      'I do not explain how to make weapons or explosives, since people could be hurt. Their history, chemistry or law as your course teaches it I explain gladly.',
    drugs:
      'I do not help with making or getting illegal drugs, or with breaking into or forging something. How it works in pharmacology, law or informatics I explain gladly.',
    threat:
      'I do not help with hurting anybody. If somebody is in danger, call your emergency number (112 or 911). If you are in a conflict, we can look for words for it.',
    hate: 'I do not write anything that degrades people for who they are. How such speech arose and what it does I explain gladly.',
    promotion:
      'Here I speak neither for nor against brands. Their history, strategy or figures as a subject I explain gladly.',
    impersonation:
      'Here I do not speak or write as somebody who I am not. I can help you to write in your own name.',
    orders:
      'My orders stay with me. I am Clerva, a study tutor: I answer from your notes, with proof, and help you to practise.',
  },
  de: {
    exam: 'Das klingt nach einer Prüfung, die gerade läuft. Dabei zu antworten wäre Betrug, deshalb tue ich es nicht. Danach gehe ich gern jede Frage mit dir durch. Wenn es eine Probeklausur ist, sag es, und wir fangen an.',
    minors: 'Ich schreibe und zeige nichts Sexuelles über Kinder oder Jugendliche.',
    sexual:
      'Ich schreibe keine sexuellen Inhalte. Fragen zu Biologie, Gesundheit, Recht oder Literatur beantworte ich gern.',
    weapons:
      'Ich erkläre nicht, wie man Waffen oder Sprengstoff herstellt, weil Menschen zu Schaden kommen könnten. Geschichte, Chemie oder Recht dazu erkläre ich gern.',
    drugs:
      'Ich helfe nicht, verbotene Drogen herzustellen oder zu beschaffen, etwas zu fälschen oder einzubrechen. Wie es in Pharmakologie, Recht oder Informatik behandelt wird, erkläre ich gern.',
    threat:
      'Ich helfe nicht, jemandem zu schaden. Ist jemand in Gefahr, ruf den Notruf (112). Wenn du in einem Konflikt bist, können wir Worte dafür suchen.',
    hate: 'Ich schreibe nichts, was Menschen für das herabsetzt, was sie sind. Wie solche Sprache entstand und was sie anrichtet, erkläre ich gern.',
    promotion:
      'Hier spreche ich weder für noch gegen Marken. Ihre Geschichte, Strategie oder Zahlen als Stoff erkläre ich gern.',
    impersonation:
      'Hier spreche und schreibe ich nicht als jemand, der ich nicht bin. Ich kann dir helfen, in deinem Namen zu schreiben.',
    orders:
      'Meine Anweisungen bleiben bei mir. Ich bin Clerva, ein Lerntutor: Ich antworte aus deinen Notizen, mit Beleg, und helfe dir zu üben.',
  },
  fr: {
    exam: 'Cela ressemble à un examen en cours, et y répondre serait tricher : je ne le fais pas. Après, je reprendrai volontiers chaque question avec toi. Si c’est un examen blanc, dis-le et nous commençons.',
    minors: 'Je n’écris et ne montre rien de sexuel sur des enfants ou des mineurs.',
    sexual:
      'Je n’écris pas de contenu sexuel. Je réponds volontiers en biologie, santé, droit ou littérature.',
    weapons:
      'Je n’explique pas comment fabriquer des armes ou des explosifs : des gens pourraient être blessés. J’explique volontiers leur histoire, leur chimie ou le droit.',
    drugs:
      'Je n’aide pas à fabriquer ou obtenir des drogues illégales, ni à falsifier ou pirater. J’explique volontiers ce qu’en disent la pharmacologie, le droit ou l’informatique.',
    threat:
      'Je n’aide pas à faire du mal à quelqu’un. Si une personne est en danger, appelle les urgences (112). En cas de conflit, nous pouvons chercher des mots.',
    hate: 'Je n’écris rien qui rabaisse des personnes pour ce qu’elles sont. J’explique volontiers d’où vient ce langage et ce qu’il fait.',
    promotion:
      'Ici, je ne parle ni pour ni contre des marques. J’explique volontiers leur histoire, leur stratégie ou leurs chiffres.',
    impersonation:
      'Ici, je ne parle ni n’écris en tant que quelqu’un que je ne suis pas. Je peux t’aider à écrire en ton nom.',
    orders:
      'Mes consignes restent avec moi. Je suis Clerva, un tuteur : je réponds à partir de tes notes, preuves à l’appui, et je t’aide à t’entraîner.',
  },
  es: {
    exam: 'Parece un examen que está en curso, y responder sería copiar, así que no lo hago. Cuando termine, repaso contigo cada pregunta. Si es un simulacro, dilo y empezamos.',
    minors: 'No escribo ni muestro nada sexual sobre niños o menores.',
    sexual: 'No escribo contenido sexual. Respondo con gusto sobre biología, salud, derecho o literatura.',
    weapons:
      'No explico cómo fabricar armas o explosivos, porque alguien podría salir herido. Su historia, química o derecho los explico con gusto.',
    drugs:
      'No ayudo a fabricar o conseguir drogas ilegales, ni a falsificar o hackear. Lo que enseñan la farmacología, el derecho o la informática lo explico con gusto.',
    threat:
      'No ayudo a hacer daño a nadie. Si alguien está en peligro, llama a emergencias (112 o 911). Si tienes un conflicto, podemos buscar palabras.',
    hate: 'No escribo nada que degrade a personas por lo que son. Explico con gusto de dónde viene ese lenguaje y qué causa.',
    promotion:
      'Aquí no hablo ni a favor ni en contra de marcas. Su historia, estrategia o cifras las explico con gusto.',
    impersonation:
      'Aquí no hablo ni escribo como alguien que no soy. Puedo ayudarte a escribir en tu nombre.',
    orders:
      'Mis órdenes se quedan conmigo. Soy Clerva, un tutor: respondo con tus apuntes, con pruebas, y te ayudo a practicar.',
  },
};

/** What the student reads in place of an answer. */
export const guardAnswer = (kind: GuardKind, language: GuardLanguage, timezone?: string | null): string =>
  kind === 'self_harm' ? CARE[language](helpLineOf(timezone)) : REFUSED[language][kind];
