/** What to call the student: the name they gave, else the part of their address before the @. */
export function studentName(displayName: string | null | undefined, email: string): string {
  const given = displayName?.trim();
  if (given) return given;
  return email.split('@')[0] || 'You';
}
