export { answerTree, completeMarkdown } from './answer-tree';
export { treeOf } from './parse';
