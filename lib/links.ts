const query = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();

/** The pages of the app. */
export const paths = {
  today: '/',
  ask: '/ask',
  asking: (question: string) => `/ask?q=${encodeURIComponent(question)}`,
  /** A question that is still to be finished by whoever asks it. */
  drafting: (question: string) => `/ask?${query({ draft: question })}`,
  /** Asks of one document alone. */
  askingIn: (docId: string, draft?: string) =>
    `/ask?${query({ doc: docId, ...(draft === undefined ? {} : { draft }) })}`,
  guide: (docId: string, title: string) =>
    `/ask?${query({ doc: docId, q: `Write a study guide to “${title}”` })}`,
  thread: (threadId: string) => `/ask/${threadId}`,
  library: '/library',
  note: (docId: string) => `/library/${docId}/edit`,
  newNote: '/library/new',
  findInLibrary: '/library?find=1',
  document: (docId: string) => `/library/${docId}`,
  /** A passage in the reader, with the exact words to mark. */
  passage: (docId: string, at: number, marks?: { from: number; to: number }) =>
    `/library/${docId}?${query({ p: String(at), ...(marks ? { from: String(marks.from), to: String(marks.to) } : {}) })}`,
  practice: '/practice',
  changedPassages: '/practice#changed',
  cards: '/practice/cards',
  proposedCards: '/practice/cards?show=proposed',
  deck: (deckId: string) => `/practice/cards?deck=${deckId}`,
  review: '/practice/review',
  reviewDeck: (deckId: string) => `/practice/review?deck=${deckId}`,
  reviewAhead: (deckId?: string) =>
    `/practice/review?${query({ ...(deckId === undefined ? {} : { deck: deckId }), ahead: '1' })}`,
  quiz: (quizId: string) => `/practice/quiz/${quizId}`,
  exam: (quizId: string) => `/practice/quiz/${quizId}/exam`,
  quizItem: (quizId: string, itemId: string) => `/practice/quiz/${quizId}?item=${encodeURIComponent(itemId)}`,
  plan: '/plan',
  progress: '/progress',
  people: '/people',
  person: (userId: string) => `/people/${userId}`,
  room: '/room',
  you: '/you',
  memory: '/you/memory',
  personas: '/you/personas',
  whoSeesMe: '/you#who-sees-me',
  subjects: '/you#subjects',
  freeTimes: '/you#free-times',
  activity: '/you/activity',
  admin: '/admin',
  adminAudit: '/admin/audit',
  costs: (fields: Readonly<Record<string, string>> = {}) =>
    Object.keys(fields).length === 0 ? '/admin/cost' : `/admin/cost?${query(fields)}`,
  erased: (erasureId: string) => `/erased/${erasureId}`,
  privacy: '/privacy',
  terms: '/terms',
  conversations: '/ask/all',
  shared: (token: string) => `/shared/${token}`,
  signIn: '/sign-in',
  signUp: '/sign-up',
  signOut: '/auth/sign-out',
  authConfirm: '/auth/confirm',
  signInWith: (provider: string) => `/auth/with/${provider}`,
  newPassword: '/auth/new-password',
  newEmail: '/auth/new-email',
  forgotPassword: '/auth/forgot-password',
} as const;

const CHAT = '/api/ai-agent/chat';
const chatOf = (threadId: string) => `${CHAT}/${encodeURIComponent(threadId)}`;

/** The routes of our own API; what programs ask by themselves (docs/api.md) is not among them. */
export const api = {
  chat: CHAT,
  thread: chatOf,
  stopThread: (threadId: string) => `${chatOf(threadId)}/stop`,
  regenerate: (threadId: string) => `${chatOf(threadId)}/regenerate`,
  version: (threadId: string) => `${chatOf(threadId)}/version`,
  cancelCall: (threadId: string, toolCallId: string) =>
    `${chatOf(threadId)}/calls/${encodeURIComponent(toolCallId)}/cancel`,
  approvals: (threadId: string) => `${chatOf(threadId)}/approvals`,
  stream: (threadId: string) => `${chatOf(threadId)}/stream`,
  threadPersona: (threadId: string) => `${chatOf(threadId)}/persona`,
  personas: '/api/personas',
  persona: (slug: string) => `/api/personas/${encodeURIComponent(slug)}`,
  models: '/api/models',
  signAttachment: '/api/chat/attach/sign',
  attachment: (attachmentId: string) => `/api/chat/attach/${attachmentId}`,
  attachmentReady: (attachmentId: string) => `/api/chat/attach/${attachmentId}/ready`,
  keepAttachment: (attachmentId: string) => `/api/chat/attach/${attachmentId}/keep`,
  memory: '/api/memory',
  fact: (id: string) => `/api/memory/${id}`,
  pauseMemory: '/api/memory/pause',
  threads: (fields: Readonly<Record<string, string>>) => `/api/threads?${query(fields)}`,
  exportThread: (threadId: string, format: string) => `/api/threads/${threadId}/export?format=${format}`,
  shareThread: (threadId: string) => `/api/threads/${threadId}/share`,
  continueThread: (threadId: string) => `/api/threads/${threadId}/continue`,
  shareLinks: '/api/share-links',
  shareLink: (linkId: string) => `/api/share-links/${linkId}`,
  documents: '/api/documents',
  usage: '/api/usage',
  importVault: '/api/documents/vault',
  changeDocuments: '/api/documents/batch',
  documentFromUrl: '/api/documents/from-url',
  document: (docId: string) => `/api/documents/${docId}`,
  ingest: (docId: string) => `/api/documents/${docId}/ingest`,
  readAs: (docId: string, encoding: string) =>
    `/api/documents/${docId}/ingest?${query({ again: 'true', encoding })}`,
  documentVersion: (docId: string) => `/api/documents/${docId}/version`,
  passageChanges: '/api/passage-changes',
  passageChange: (changeId: string) => `/api/passage-changes/${changeId}`,
  file: (docId: string) => `/api/documents/${docId}/file`,
  note: (docId: string) => `/api/documents/${docId}/note`,
  highlights: (docId: string) => `/api/documents/${docId}/highlights`,
  highlight: (docId: string, highlightId: string) => `/api/documents/${docId}/highlights/${highlightId}`,
  /** A file of what draws the pages of a PDF; without a name the address of their folder. */
  pdfPart: (folder: string, name: string) => `/api/pdf/${folder}/${name}`,
  noteVersions: (docId: string) => `/api/documents/${docId}/note?versions=true`,
  noteImages: (docId: string) => `/api/documents/${docId}/images`,
  noteImage: (docId: string, imageId: string) => `/api/documents/${docId}/images/${imageId}`,
  documentSections: (docId: string) => `/api/documents/${docId}/sections`,
  findInDocument: (docId: string, words: string) => `/api/documents/${docId}/find?${query({ q: words })}`,
  make: '/api/make',
  documentPage: (docId: string, at: number) => `/api/documents/${docId}/pages/${at}`,
  slide: (docId: string, at: number) => `/api/documents/${docId}/slides/${at}`,
  flashcards: '/api/flashcards',
  flashcard: (cardId: string) => `/api/flashcards/${cardId}`,
  keepFlashcards: '/api/flashcards/keep',
  reviews: '/api/flashcards/reviews',
  undoReview: '/api/flashcards/reviews/undo',
  decks: '/api/decks',
  deck: (deckId: string) => `/api/decks/${deckId}`,
  importUpload: '/api/decks/import/upload',
  importDeck: (fields: Readonly<Record<string, string>>) => `/api/decks/import?${query(fields)}`,
  exportDecks: (fields: Readonly<Record<string, string>>) => `/api/decks/export?${query(fields)}`,
  quizAttempts: (quizId: string) => `/api/quizzes/${quizId}/attempts`,
  quizAnswers: (attemptId: string) => `/api/quizzes/attempts/${attemptId}/answers`,
  finishQuiz: (attemptId: string) => `/api/quizzes/attempts/${attemptId}/finish`,
  reportQuizItem: (quizId: string, itemId: string) =>
    `/api/quizzes/${quizId}/items/${encodeURIComponent(itemId)}/report`,
  plans: '/api/plans',
  planTasks: '/api/plans/tasks',
  plan: (planId: string) => `/api/plans/${planId}`,
  planOffer: (planId: string) => `/api/plans/${planId}/offer`,
  undoPlan: (planId: string) => `/api/plans/${planId}/undo`,
  planCalendar: (planId: string) => `/api/plans/${planId}/calendar.ics`,
  planTask: (planId: string, taskId: string) => `/api/plans/${planId}/tasks/${encodeURIComponent(taskId)}`,
  studyDays: '/api/profile/days',
  contests: '/api/profile/contests',
  topic: (topic: string) => `/api/profile/topics/${encodeURIComponent(topic)}`,
  people: '/api/people',
  person: (userId: string) => `/api/people/${userId}`,
  blockPerson: (userId: string) => `/api/people/${userId}/block`,
  reportPerson: (userId: string) => `/api/people/${userId}/report`,
  ownProfile: '/api/people/me',
  ownPresence: '/api/people/me/presence',
  blocked: '/api/people/me/blocked',
  presenceOf: (userIds: readonly string[]) => `/api/people/presence?ids=${userIds.join(',')}`,
  reportEmpty: (userId: string) => `/api/people/${userId}/presence`,
  push: '/api/push',
  pushDevice: (deviceId: string) => `/api/push/${deviceId}`,
  nudges: '/api/nudges',
  nudge: (nudgeId: string) => `/api/nudges/${nudgeId}`,
  availability: '/api/availability',
  importCalendar: '/api/availability/import',
  rooms: '/api/rooms',
  joinRoom: '/api/rooms/join',
  room: (roomId: string, after?: number) =>
    `/api/rooms/${roomId}${after === undefined ? '' : `?after=${after}`}`,
  roomTimer: (roomId: string) => `/api/rooms/${roomId}/timer`,
  roomMessages: (roomId: string) => `/api/rooms/${roomId}/messages`,
  roomRace: (roomId: string) => `/api/rooms/${roomId}/race`,
  raceAnswers: (roomId: string) => `/api/rooms/${roomId}/race/answers`,
  roomNotes: (roomId: string) => `/api/rooms/${roomId}/notes`,
  adminChat: '/api/admin/chat',
  adminAudit: (fields: Readonly<Record<string, string>> = {}) => `/api/admin/audit?${query(fields)}`,
  audit: (fields: Readonly<Record<string, string>> = {}) => `/api/audit?${query(fields)}`,
  account: '/api/account',
  accountExport: '/api/account/export',
  erasure: (erasureId: string) => `/api/account/erasures/${erasureId}`,
  realtimeToken: '/api/realtime/token',
  shell: '/api/shell',
  costs: (fields: Readonly<Record<string, string>>) => `/api/admin/cost?${query(fields)}`,
  statusHealth: '/api/status/health',
  statusDetailed: '/api/status/detailed',
  statusMetrics: '/api/status/metrics',
  docs: '/api/docs',
  mcp: '/api/mcp',
  mcpMetadata: '/api/mcp/metadata',
  find: (words: string) => `/api/find?q=${encodeURIComponent(words)}`,
} as const;

/** Whether an address is this page or lies within it. */
export const isWithin = (pathname: string, href: string) =>
  href === paths.today ? pathname === href : pathname === href || pathname.startsWith(`${href}/`);

/** A quiz, a review and a room have the whole screen; their own header leads out. */
export const isFocusMode = (pathname: string) =>
  ['/practice/quiz', paths.review, paths.room].some((href) => isWithin(pathname, href));

/** The same address with the way back kept, left out when it leads to Today anyway. */
export const withNext = (path: string, next: string) =>
  next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;

/** Where this app is, as others see it: by its setting, else as this request came. */
export const originOf = (request: Request, appUrl: string | undefined) =>
  new URL(appUrl ?? request.url).origin;
