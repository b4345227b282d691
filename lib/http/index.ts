export { parseId, parseJson, parseQuery } from './body.ts';
export { type UserContext, withUser } from './with-user.ts';
