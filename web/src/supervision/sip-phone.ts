/**
 * SIP over the page's own server, by JsSIP: registers, answers one call when told to, and goes. Loaded when somebody
 * wants to listen in the browser, and not before.
 */
import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { BrowserPhoneAccount } from '../shared/board-types.ts';
import { withAddress } from './candidates.ts';

/** Why the server closed the connection; see src/browser-phone/relay.ts. */
const ENDED: Record<number, string> = { 4002: 'phone-ended', 4003: 'phone-elsewhere', 4004: 'phone-ended' };
/** Seconds between two attempts while the telephone system does not answer. */
const AGAIN_S = 2;
const REGISTERED_S = 60;
/** Names that exist nowhere: the call's way is the websocket, whatever they say. */
const NOWHERE = 'browser.invalid';

export interface SipEvents {
  registered(): void;
  /** The telephone system does not answer; it is tried again. */
  away(): void;
  /** It rings. Returns the sound that this end sends, or null when nothing was asked for. */
  ringing(): MediaStreamTrack | null;
  /** What the other end sends. */
  sound(track: MediaStreamTrack): void;
  /** The call has ended. */
  over(): void;
  /** The connection is gone for good, with a code for the dictionary. */
  lost(code: string): void;
}

export interface SipPhone {
  /** Sends another sound from now on. */
  send(track: MediaStreamTrack): Promise<void>;
  stop(): void;
}

/** Connects and registers. */
export function startSipPhone(account: BrowserPhoneAccount, events: SipEvents): SipPhone {
  const { extension, realm, ha1, address } = account;
  const socket = new WebSocketInterface(`wss://${location.host}/api/supervision/browser-phone/socket`);
  let call: RTCSession | undefined;
  const ua = new UA({
    sockets: [socket],
    uri: `sip:${extension}@${NOWHERE}`,
    contact_uri: `sip:${extension}@${NOWHERE};transport=ws`,
    realm,
    ha1,
    register_expires: REGISTERED_S,
    session_timers: false,
    connection_recovery_min_interval: AGAIN_S,
    connection_recovery_max_interval: AGAIN_S,
    user_agent: 'Greffier',
  });

  function take(session: RTCSession): void {
    const track = call ? null : events.ringing();
    if (!track) {
      session.terminate({ status_code: 486 });
      return;
    }
    call = session;
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', (event) => events.sound(event.track));
    });
    session.on('sdp', (event) => {
      if (event.originator === 'local') event.sdp = withAddress(event.sdp, address);
    });
    session.on('ended', events.over);
    session.on('failed', events.over);
    session.answer({ mediaStream: new MediaStream([track]), pcConfig: { iceServers: [] } });
  }
  ua.on('registered', () => events.registered());
  ua.on('registrationFailed', () => events.lost('phone-unreachable'));
  ua.on('disconnected', ({ code = 0 }) => {
    const why = ENDED[code] ?? (call && 'phone-lost');
    if (why) events.lost(why);
    else events.away();
  });
  ua.on('newRTCSession', ({ session }: { session: RTCSession }) => take(session));
  ua.start();

  return {
    async send(track) {
      await call?.connection.getSenders()[0]?.replaceTrack(track);
    },
    stop() {
      // Its farewells would have nobody to hear them.
      ua.removeAllListeners();
      call?.removeAllListeners();
      ua.stop();
    },
  };
}
