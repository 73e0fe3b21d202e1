/** What wrong staff passwords are counted under (S-7); the login as it is kept, in small letters. */
export function staffSubject(login: string): string {
  return `staff:${login}`;
}

/** Wrong answers to "your present password": apart from the sign-in, so that no stranger can lock a signed-in person. */
export function passwordChangeSubject(personId: string): string {
  return `password-change:${personId}`;
}
