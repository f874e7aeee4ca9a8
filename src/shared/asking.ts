// Who asks, as the routes of every slice know it of a request.

export interface Asking {
  /** A login, or a token by its id. */
  user: string;
  ip: string;
  /** Ids of the clients that may be told of (C34); undefined for all. */
  scope: readonly string[] | undefined;
}
