export { parseId, parseJson } from './body.ts';
export { problem, problemBody } from './problem.ts';
export { type UserContext, withUser } from './with-user.ts';
