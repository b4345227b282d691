/** The private channels, by name. Policies on `realtime.messages` decide who hears and who speaks in each. */

/** What the database tells one student; nobody else hears it, and no client speaks there. */
export const userTopic = (userId: string) => `user:${userId}`;

/** A study room: its members alone. Its channel id changes whenever somebody leaves, so that the absent hear nothing. */
export const roomTopic = (channelId: string) => `room:${channelId}`;
