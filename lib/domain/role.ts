/** Who somebody is to this Clerva, each with all that stands before it. */
export const ROLES = ['student', 'internal', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);

/**
 * The role of an account by the `app_metadata` of its verified token, which only the service key can write; the student's own
 * `user_metadata` is never asked. A token keeps the role it was made with, so a new one holds from the next refresh on.
 */
export function roleOf(appMetadata: unknown): Role {
  const role =
    typeof appMetadata === 'object' && appMetadata !== null && 'role' in appMetadata
      ? appMetadata.role
      : undefined;
  return isRole(role) ? role : 'student';
}

export const hasRole = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
