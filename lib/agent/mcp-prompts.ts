type Arguments = Readonly<Record<string, string | undefined>>;

type Prompt = {
  name: string;
  title: string;
  description: string;
  arguments: { name: string; description: string; required: boolean }[];
  write: (given: Arguments) => string;
};

/** What a student may begin with in another agent. */
export const MCP_PROMPTS: Prompt[] = [
  {
    name: 'quiz_me',
    title: 'Quiz me',
    description: 'Questions from the student’s own notes, asked one at a time.',
    arguments: [
      { name: 'topic', description: 'What to be asked about.', required: true },
      { name: 'questions', description: 'How many, 5 when left out.', required: false },
    ],
    write: ({ topic, questions = '5' }) =>
      `Make a quiz of ${questions} questions on ${topic} with generateQuiz, ask me one question at a time, wait for my answer, and then say whether it is right and where in my notes it stands.`,
  },
  {
    name: 'explain',
    title: 'Explain from my notes',
    description: 'An explanation that keeps to the notes and says where each claim stands.',
    arguments: [{ name: 'topic', description: 'What to explain.', required: true }],
    write: ({ topic }) =>
      `Look for ${topic} with searchNotes and explain it to me from the passages alone, naming title and page for each claim. Say so where my notes do not speak of it.`,
  },
  {
    name: 'plan',
    title: 'Plan my weeks',
    description: 'A study plan that begins with what the student knows least.',
    arguments: [
      { name: 'goals', description: 'What it is for, with commas.', required: true },
      { name: 'deadline', description: 'The day of the exam.', required: false },
    ],
    write: ({ goals, deadline }) =>
      `Look at buildLearningProfile, ask me how many minutes and days I have, and make a study plan with createStudyPlan for: ${goals}.${deadline === undefined ? '' : ` The exam is on ${deadline}.`}`,
  },
];

/** A prompt with its arguments filled in, or what is wrong with them. */
export function promptOf(name: string, given: Arguments) {
  const prompt = MCP_PROMPTS.find((one) => one.name === name);
  if (!prompt) return `There is no prompt ${name}.`;
  const missing = prompt.arguments.find((argument) => argument.required && !given[argument.name]?.trim());
  if (missing) return `Name the ${missing.name}.`;
  const text = prompt.write(given);
  return {
    description: prompt.description,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
  };
}
