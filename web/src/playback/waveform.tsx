/** The waveform as a slider: click, drag or use the keys; it tells a screen reader where one is. */
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { spokenDuration } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { theme } from '../shared/theme.ts';
import type { Mark } from './mark.ts';
import type { Lanes } from './peaks.ts';
import type { Transport } from './transport.ts';
import { type Colours, drawWaveform } from './waveform-drawing.ts';

interface WaveformProps {
  peaks: Lanes;
  transport: Transport;
  marks: Mark[];
  /** Moments that something was written about. */
  pins: { seconds: number }[];
}

export function Waveform({ peaks, transport, marks, pins }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lanes = useRef<HTMLDivElement>(null);
  const t = words.value.player;
  useEffect(
    () => keepDrawn(canvas.current, lanes.current, peaks, transport, marks, pins),
    [peaks, transport, marks, pins],
  );

  function scrub(event: PointerEvent & { currentTarget: HTMLElement }) {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.getBoundingClientRect();
    transport.seek(((event.clientX - box.left) / box.width) * transport.whole);
  }

  return (
    <div class="waveform">
      <div class="lanes" aria-hidden="true" ref={lanes}>
        <span class="lane outside">{t.outside}</span>
        <span class="lane inside">{t.inside}</span>
      </div>
      <div
        class="scrubber"
        role="slider"
        tabIndex={0}
        aria-label={t.position}
        aria-valuemin={0}
        aria-valuemax={Math.round(transport.whole)}
        aria-valuenow={Math.floor(transport.here.value)}
        aria-valuetext={t.at(spokenDuration(transport.here.value), spokenDuration(transport.whole))}
        data-testid="waveform"
        onPointerDown={scrub}
        onPointerMove={scrub}
      >
        <canvas ref={canvas} />
      </div>
    </div>
  );
}

/** Colours as the style sheet resolves them in the theme in force. */
function coloursOf(lanes: Element): Colours {
  const colour = (element: Element | null) => (element ? getComputedStyle(element).color : 'currentColor');
  return {
    outside: colour(lanes.querySelector('.outside')),
    inside: colour(lanes.querySelector('.inside')),
    line: getComputedStyle(lanes).borderRightColor,
    head: colour(lanes),
  };
}

function keepDrawn(
  canvas: HTMLCanvasElement | null,
  lanes: Element | null,
  peaks: Lanes,
  transport: Transport,
  marks: Mark[],
  pins: { seconds: number }[],
) {
  if (!canvas || !lanes) return undefined;
  let colours = coloursOf(lanes);
  const cuts = marks.map(({ from, to }) => ({ from: from / transport.whole, to: to / transport.whole }));
  const moments = pins.map(({ seconds }) => seconds / transport.whole);
  const draw = () =>
    drawWaveform(canvas, peaks, transport.here.peek() / transport.whole, colours, { cuts, moments });
  const recolour = () => {
    colours = coloursOf(lanes);
    draw();
  };
  const onPosition = effect(() => {
    transport.here.value;
    draw();
  });
  const onTheme = effect(() => {
    theme.value;
    requestAnimationFrame(recolour);
  });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', recolour);
  const onSize = new ResizeObserver(draw);
  onSize.observe(canvas);
  return () => {
    onPosition();
    onTheme();
    system.removeEventListener('change', recolour);
    onSize.disconnect();
  };
}
