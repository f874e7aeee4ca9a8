/** Draws the two lanes: the outside party above, the inside below, what was played in full colour. */
import type { Stretch } from './activity.ts';
import type { Lanes } from './peaks.ts';

const BAR = 2;
const GAP = 1;

export interface Colours {
  outside: string;
  inside: string;
  line: string;
  head: string;
}

/** The loudest of the slices that fall into one bar. */
function barHeight(lane: Float32Array, from: number, to: number): number {
  let height = 0;
  for (let at = Math.floor(from); at < Math.max(Math.floor(from) + 1, to); at++) {
    height = Math.max(height, lane[at] ?? 0);
  }
  return height;
}

interface Lane {
  heights: Float32Array;
  /** What fills the lane: the loudest of both parties, so that they stay comparable; never mere noise. */
  full: number;
  colour: string;
  top: number;
  size: number;
}

const LEAST_FULL = 0.04;
const MARGIN = 8;

function drawLane(pen: CanvasRenderingContext2D, lane: Lane, width: number, played: number): void {
  const bars = Math.max(1, Math.floor(width / (BAR + GAP)));
  const step = lane.heights.length / bars;
  const middle = lane.top + lane.size / 2;
  pen.fillStyle = lane.colour;
  for (let bar = 0; bar < bars; bar++) {
    const x = bar * (BAR + GAP);
    const loudness = barHeight(lane.heights, bar * step, (bar + 1) * step) / lane.full;
    // Much of speech is quiet next to its peaks; the power shows it without hiding what is loud.
    const height = Math.max(1.5, loudness ** 0.7 * (lane.size - MARGIN));
    pen.globalAlpha = x < played ? 1 : 0.38;
    pen.fillRect(x, middle - height / 2, BAR, height);
  }
  pen.globalAlpha = 1;
}

/** Sizes the canvas to the screen's own pixels and clears it. */
function prepare(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const density = globalThis.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * density)) canvas.width = Math.round(width * density);
  if (canvas.height !== Math.round(height * density)) canvas.height = Math.round(height * density);
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);
}

const HATCH = 7;

/** A pause is hatched: nothing was captured there, which is not the same as silence. */
function drawCut(pen: CanvasRenderingContext2D, from: number, to: number, height: number): void {
  pen.save();
  pen.beginPath();
  pen.rect(from, 0, Math.max(2, to - from), height);
  pen.clip();
  pen.beginPath();
  for (let x = from - height; x < to + height; x += HATCH) {
    pen.moveTo(x, height);
    pen.lineTo(x + height, 0);
  }
  pen.stroke();
  pen.restore();
}

const PIN = 5;

/** A moment that something was written about: a small wedge that points at it from above. */
function drawPin(pen: CanvasRenderingContext2D, x: number): void {
  pen.beginPath();
  pen.moveTo(x - PIN, 0);
  pen.lineTo(x + PIN, 0);
  pen.lineTo(x, PIN * 1.6);
  pen.fill();
}

/** What is marked on the waveform, from 0 to 1: where nothing was captured, and moments. */
export interface Marked {
  cuts: Stretch[];
  moments: number[];
}

/** Draws all of it; `share` is how much has been played, from 0 to 1. */
export function drawWaveform(
  canvas: HTMLCanvasElement,
  peaks: Lanes,
  share: number,
  colours: Colours,
  { cuts, moments }: Marked = { cuts: [], moments: [] },
): void {
  const pen = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!pen || width === 0) return;
  prepare(canvas, pen);
  const played = share * width;
  const size = height / 2;
  const full = Math.max(LEAST_FULL, peaks.highest);
  drawLane(pen, { heights: peaks.outside, full, colour: colours.outside, top: 0, size }, width, played);
  drawLane(pen, { heights: peaks.inside, full, colour: colours.inside, top: size, size }, width, played);
  pen.strokeStyle = colours.line;
  for (const { from, to } of cuts) drawCut(pen, from * width, to * width, height);
  pen.fillStyle = colours.line;
  pen.fillRect(0, size - 0.5, width, 1);
  pen.fillStyle = colours.head;
  for (const at of moments) drawPin(pen, at * width);
  pen.fillRect(Math.min(width - 2, Math.max(0, played - 1)), 0, 2, height);
}
