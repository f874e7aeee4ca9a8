/** A comment as the box has it: who wrote it, and when; what and where, is sealed. */
export interface SealedComment {
  id: string;
  by: string;
  at: string;
  sealed: string;
}
