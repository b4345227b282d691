export { parseId, parseJson } from './body.ts';
export { type UserContext, withUser } from './with-user.ts';
