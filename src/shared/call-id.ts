// Calls and recordings share one opaque id, drawn by the dialplan (UUID version 4): it says nothing of the caller.

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for an id of ours. Whatever else comes from outside never reaches a path. */
export function isCallId(text: string): boolean {
  return FORM.test(text);
}
