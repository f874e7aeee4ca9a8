declare module 'asterisk-manager' {
  import type { EventEmitter } from 'node:events';

  type Fields = Record<string, string | string[] | Record<string, string>>;

  interface Manager extends Pick<EventEmitter, 'on' | 'once' | 'removeListener' | 'removeAllListeners'> {
    connect(port: number, host: string, callback?: () => void): void;
    login(callback: (error?: unknown) => void): void;
    action(fields: Record<string, string>, callback: (error: unknown, answer: Fields) => void): string;
    disconnect(callback?: () => void): void;
    options: { username: string; password: string; events: boolean };
  }

  /** A port of null makes it wait for connect() instead of connecting at once. */
  export default function manager(
    port: number | null,
    host: string,
    user: string,
    secret: string,
    events: boolean,
  ): Manager;
}
