import type { State, ToolName } from './types.ts';

/** Friday, with two partners, in the middle of a talk. */
export const STATE: State = {
  now: new Date(2026, 10, 20, 14, 5),
  people: [
    { id: 'u-maya', name: 'Maya Lind' },
    { id: 'u-ben', name: 'Ben Oka' },
  ],
  subject: '',
  told: ['My exam is on 14 January and I find tensors hardest'],
  conversation: 'Student: hi\nClerva: Hello.',
};

/** What a student may say, the tools it asks for in order, and arguments that must be read from it. */
type Case = [said: string, tools: ToolName[], args?: Record<string, unknown>];

export const REQUESTS: Case[] = [
  [
    'quiz me on the water cycle, 6 easy ones',
    ['generateQuiz'],
    { topic: 'water cycle', n: 6, difficulty: 'easy' },
  ],
  [
    'could you make a 12 question quiz about Ancient Egypt?',
    ['generateQuiz'],
    { topic: 'Ancient Egypt', n: 12 },
  ],
  [
    'test my understanding of plate tectonics',
    ['generateQuiz'],
    { topic: 'plate tectonics', difficulty: 'mixed' },
  ],
  [
    'give me a dozen tough multiple choice questions on alkanes',
    ['generateQuiz'],
    { n: 12, difficulty: 'hard' },
  ],
  ['geometry quiz please', ['generateQuiz'], { topic: 'geometry' }],
  [
    'drill me on French verbs, nothing too hard',
    ['generateQuiz'],
    { topic: 'French verbs', difficulty: 'medium' },
  ],
  ['see if I know the causes of the Cold War', ['generateQuiz'], { topic: 'causes of the Cold War' }],
  [
    'make flashcards about the digestive system',
    ['searchNotes', 'addFlashcards'],
    { topic: 'digestive system' },
  ],
  ['turn chapter 5 into flashcards', ['searchNotes', 'addFlashcards'], { topic: 'chapter 5' }],
  [
    'add a card: ribosome - makes proteins',
    ['addFlashcards'],
    { cards: [{ front: 'ribosome', back: 'makes proteins' }] },
  ],
  [
    'new card with front "Paris" and back "capital of France"',
    ['addFlashcards'],
    { cards: [{ front: 'Paris', back: 'capital of France' }] },
  ],
  ['summarize our session', ['summarizeSession']],
  [
    'tl;dr of this lecture:\nToday we spoke of enzymes. They lower activation energy.',
    ['summarizeSession'],
    { transcript: 'Today we spoke of enzymes. They lower activation energy.' },
  ],
  ['give me the main points of chapter 7', ['searchNotes', 'summarizeSession']],
  ['what are my weak spots?', ['buildLearningProfile'], { forceRebuild: false }],
  ['recompute my learning profile from scratch', ['buildLearningProfile'], { forceRebuild: true }],
  ['how am I doing in chemistry?', ['buildLearningProfile']],
  [
    'study plan for my physics final on December 10, 50 minutes a day, 4 days a week',
    ['createStudyPlan'],
    { timePerDayMin: 50, daysPerWeek: 4, deadline: '2026-12-10' },
  ],
  [
    'plan my revision: an hour and a half every day for calculus',
    ['createStudyPlan'],
    { timePerDayMin: 90, daysPerWeek: 7 },
  ],
  [
    'I have a biology midterm on Dec 4 and can do half an hour on weekdays, plan it for me',
    ['createStudyPlan'],
    { timePerDayMin: 30, daysPerWeek: 5, deadline: '2026-12-04' },
  ],
  [
    'a 2-week study plan for statistics, 1h15 a day, except Sundays',
    ['createStudyPlan'],
    { timePerDayMin: 75, daysPerWeek: 6, deadline: '2026-12-04' },
  ],
  ['find me a study buddy', ['matchCandidates']],
  ['show me my top 4 matches', ['matchCandidates'], { topK: 4 }],
  ['how compatible are Maya and I?', ['matchInsight'], { candidateId: 'u-maya' }],
  ['why did you suggest Ben?', ['matchInsight'], { candidateId: 'u-ben' }],
  ["who's online at the moment?", ['getOnlineUsers']],
  ['is anyone studying right now?', ['getOnlineUsers'], { activityFilter: 'studying' }],
  ['when is Ben free?', ['getAvailability'], { targetUserId: 'u-ben' }],
  ['is Maya available on Wednesday?', ['getAvailability'], { targetUserId: 'u-maya', dow: 3 }],
  ['nudge Ben to review thermodynamics', ['sendNudge'], { toUserId: 'u-ben' }],
  ['remind Maya about our lab report', ['sendNudge'], { toUserId: 'u-maya', nudgeType: 'reminder' }],
  ['tell Ben "see you at six"', ['sendNudge'], { toUserId: 'u-ben', message: 'see you at six' }],
  ['what do my notes say about osmosis?', ['searchNotes'], { query: 'osmosis' }],
  ['search my slides for entropy', ['searchNotes'], { query: 'entropy' }],
  ['who wrote the Federalist Papers?', ['searchNotes']],
  ['can you explain how a transistor works', ['searchNotes']],
  ["I don't get covalent bonds, explain them", ['searchNotes']],
  ['Hyperbaric oxygen: an indication for wound healing?', ['searchNotes']],
  ['The powerhouse of the cell is the ________.', ['searchNotes']],
  ['krebs cycle', ['searchNotes'], { query: 'krebs cycle' }],
  ['Thanks! And what about RNA?', ['searchNotes'], { query: 'what about RNA' }],
  ['光合作用在哪里进行？', ['searchNotes']],
  ['¿Qué es la fotosíntesis?', ['searchNotes']],
  ['การสังเคราะห์ด้วยแสงคืออะไร', ['searchNotes']],
  ['Fais-moi un quiz sur la mitose', ['generateQuiz'], { topic: 'la mitose' }],
  [
    'Mach mir ein schweres Quiz über Muskeln, 5 Fragen',
    ['generateQuiz'],
    { topic: 'Muskeln', difficulty: 'hard', n: 5 },
  ],
  ['Pregúntame sobre los ríos de España', ['generateQuiz'], { topic: 'los ríos de España' }],
  [
    'Erstelle 5 Karteikarten zur Zellteilung',
    ['searchNotes', 'addFlashcards'],
    { topic: 'Zellteilung', n: 5 },
  ],
  ['Je veux un résumé du chapitre 3', ['searchNotes', 'summarizeSession'], { topic: 'chapitre 3' }],
  [
    'Hazme un plan de estudio para química, 45 minutos al día',
    ['createStudyPlan'],
    { goals: ['química'], timePerDayMin: 45 },
  ],
  ['Such in meinen Notizen nach Osmose', ['searchNotes'], { query: 'Osmose' }],
  ['Set me six hard problems on projectile motion', ['generateQuiz'], { topic: 'projectile motion', n: 6 }],
  [
    'Make a quiz of 10 on Education around the World',
    ['generateQuiz'],
    { topic: 'Education around the World' },
  ],
  ['Which company did Ford found?', ['searchNotes']],
  ['A function problem is an example of what?', ['searchNotes']],
  ['What was the availability of water in the region?', ['searchNotes']],
  ['How does binary search work?', ['searchNotes'], { query: 'How does binary search work' }],
  [
    'Find this sentence in my notes: "The pump fails before the valve does."',
    ['searchNotes'],
    { query: 'The pump fails before the valve does.' },
  ],
  ['On which page does it say "a summary is no proof"?', ['searchNotes'], { query: 'a summary is no proof' }],
  ['find what my notes say about enzymes and then quiz me on it', ['searchNotes', 'generateQuiz']],
  [
    'show my weak spots and then build a study plan for algebra, 20 min a day',
    ['buildLearningProfile', 'createStudyPlan'],
  ],
];

/** Said without wanting any tool. */
export const NO_REQUEST = [
  'hi!',
  'thank you so much',
  'ok',
  'bye',
  'what can you do?',
  'are you a robot',
  'merci beaucoup',
  '¡Hola!',
  '谢谢',
  "don't make a quiz",
  'I failed the test yesterday',
  'I love flashcards',
  'can you make flashcards?',
  'what if I sent Ben a nudge',
  'stop sending me nudges',
  'remind me to buy milk',
  "what's the weather in Lisbon",
  'set an alarm for 6',
  'write me a poem about spring',
  'tell me a joke',
  'book a table for two',
  'I am tired today',
  'my sister made a study plan last year',
];

/** A tool is wanted, and one thing it needs is not said. */
export const INCOMPLETE: [said: string, missing: string][] = [
  ['quiz me', 'topic'],
  ['make a study plan', 'goals'],
  ['exam on 12 December, 40 minutes on weekdays', 'goals'],
  ['plan my revision, exam in 3 weeks, 40min/day', 'goals'],
  ['study plan for chemistry', 'timePerDayMin'],
  ['send a nudge', 'toUserId'],
  ['nudge Zoe to study', 'toUserId'],
  ['show my compatibility', 'candidateId'],
];
