/** Line icons, 20 px, drawn in the text's colour. They say nothing to a screen reader: the button's name does. */
import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

function path(d: string) {
  return () => (
    <Icon>
      <path d={d} />
    </Icon>
  );
}

export const Chevron = path('m8 5 5 5-5 5');
export const Magnifier = path('M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm4 9.5 4 4');
export const Cross = path('m6 6 8 8m0-8-8 8');
export const Funnel = path('M3 5h14M5.5 10h9M8.5 15h3');
export const Arrow = path('M16 10H4m5-5-5 5 5 5');
export const Inbound = path('M15 5 5.5 14.5M5.5 8v6.5H12');
export const Calls = path('M3 10h.01M6.5 7v6M10 4v12M13.5 7v6M17 10h.01');
export const Columns = path('M4 16.5v-5M8 16.5v-9M12 16.5v-6M16 16.5V4');
export const Star = path('m10 3.5 2 4.3 4.7.5-3.5 3.2 1 4.7-4.2-2.4-4.2 2.4 1-4.7L3.3 8.3 8 7.8l2-4.3Z');
export const Sliders = path('M4 6h7m3 0h2M4 14h2m3 0h7M12.5 4v4M7.5 12v4');
export const Speech = path(
  'M3.5 8v4h3l4.5 3.5v-11L6.5 8h-3Zm10.5-1a4.2 4.2 0 0 1 0 6M16 4.8a7.2 7.2 0 0 1 0 10.4',
);
export const Pulse = path('M2.5 10.5h3.2l2-5.5 3.8 10 2.3-4.5h3.7');
export const Exit = path('M8 4H4.5v12H8m4-9 3.5 3-3.5 3m3.5-3H8');
export const Eye = path(
  'M2 10s3-5.2 8-5.2S18 10 18 10s-3 5.2-8 5.2S2 10 2 10Zm8 2.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
);
export const EyeOff = path(
  'M3 3l14 14M7.7 5.1A8 8 0 0 1 10 4.8c5 0 8 5.2 8 5.2a14 14 0 0 1-2.3 2.8M12.6 14.8a8 8 0 0 1-2.6.4C5 15.2 2 10 2 10a14 14 0 0 1 3.2-3.5',
);
export const Sun = path(
  'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
);
export const Moon = path('M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z');
export const Halves = path('M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 0v14m2-13.5v13m2-11.7v10.4');
export const Lock = path('M5 9h10v7.5H5V9Zm2 0V6.5a3 3 0 0 1 6 0V9');
export const Unlock = path('M5 9h10v7.5H5V9Zm2 0V6.5a3 3 0 0 1 5.8-1');
export const Check = path('m4.5 10.5 3.5 3.5 7.5-8');
export const Warn = path('M10 3 2.5 16.5h15L10 3Zm0 5v4m0 2.3v.1');
export const Info = path('M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4Zm0 6.4v4.3m0-7v.1');
export const Headset = path(
  'M4 13v-2.5a6 6 0 0 1 12 0V13M4 12.5h2.5v4H5a1 1 0 0 1-1-1v-3Zm12 0h-2.5v4H15a1 1 0 0 0 1-1v-3Z',
);
export const Mic = path(
  'M10 2.8a2.3 2.3 0 0 0-2.3 2.3v4.6a2.3 2.3 0 0 0 4.6 0V5.1A2.3 2.3 0 0 0 10 2.8ZM5.2 9.8a4.8 4.8 0 0 0 9.6 0M10 14.6v2.9',
);
export const MicOff = path(
  'M3 3l14 14M7.7 7.7v2a2.3 2.3 0 0 0 3.8 1.8m.8-2V5.1a2.3 2.3 0 0 0-4.4-1M5.2 9.8a4.8 4.8 0 0 0 7.9 3.7m1.5-2.2.2-1.5M10 14.6v2.9',
);
export const Outbound = path('M5 15 14.5 5.5M8 5.5h6.5V12');
export const Between = path('M3 7h13m-3-3 3 3-3 3M17 13H4m3-3-3 3 3 3');
export const Key = path('M11.2 8.8 3.5 16.5H6v-2h2v-2h1.6l1.6-1.6a4 4 0 1 0-1.9-1.9M13.7 6.3h.01');
export const Person = path(
  'M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10Zm-6 6.8c.6-3.2 3-4.8 6-4.8s5.4 1.6 6 4.8',
);
export const File = path('M5 2.5h6.5L15 6v11.5H5v-15Zm6 0V6.5h4');
export const Letter = path('M2.5 5h15v10.5h-15V5Zm0 .5L10 11l7.5-5.5');
export const Book = path(
  'M4.5 3h9.5a1.5 1.5 0 0 1 1.5 1.5v12.5H6A1.5 1.5 0 0 1 4.5 15.5V3Zm0 12.5A1.5 1.5 0 0 1 6 14h9.5M7.5 6.5h5',
);
export const Siren = path(
  'M5.5 15V11a4.5 4.5 0 0 1 9 0v4M3.5 15h13v2h-13v-2ZM10 2.2v1.6M3.8 4.8 5 6M16.2 4.8 15 6',
);
export const Hourglass = path(
  'M5.5 3h9M5.5 17h9M6.5 3c0 4 3.5 4.5 3.5 7s-3.5 3-3.5 7m7-14c0 4-3.5 4.5-3.5 7s3.5 3 3.5 7',
);

export function Play() {
  return (
    <Icon>
      <path class="solid" d="M6.5 3.8v12.4L16.5 10 6.5 3.8Z" />
    </Icon>
  );
}

export function Pause() {
  return (
    <Icon>
      <path class="solid" d="M5.5 4h3v12h-3zM11.5 4h3v12h-3z" />
    </Icon>
  );
}

/** Five seconds back (`turn` -1) or forward (1): the digit inside a round arrow. */
export function Skip({ turn }: { turn: -1 | 1 }) {
  return (
    <Icon>
      <path
        d={
          turn < 0 ? 'M4 10a6 6 0 1 0 2.2-4.6M6.5 2.5v3.2h3.2' : 'M16 10a6 6 0 1 1-2.2-4.6M13.5 2.5v3.2h-3.2'
        }
      />
      <text x="10" y="12.7">
        5
      </text>
    </Icon>
  );
}

/** The seal: wax with a voice pressed into it. */
export function Seal() {
  return <img class="seal" src="/seal.svg" alt="" width="28" height="28" />;
}
