// Figures in the text format of Prometheus (version 0.0.4). Labels hold words of the program only: routes, codes, states;
// never a number, an extension, a name or an id.

export interface Metric {
  name: string;
  kind: 'gauge' | 'counter';
  help: string;
  /** A value that is not known is left out. */
  values: { labels?: Record<string, string>; value: number | null }[];
}

export const TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** One figure without labels. */
export function gauge(name: string, help: string, value: number | null): Metric {
  return { name, kind: 'gauge', help, values: [{ value }] };
}

/** The text of all figures. */
export function metricsText(metrics: Metric[]): string {
  return metrics.map(textOf).join('');
}

function textOf({ name, kind, help, values }: Metric): string {
  const full = `greffier_${name}`;
  const lines = values.flatMap(({ labels = {}, value }) =>
    value === null ? [] : [`${full}${labelsOf(labels)} ${numberOf(value)}\n`],
  );
  return lines.length ? `# HELP ${full} ${help}\n# TYPE ${full} ${kind}\n${lines.join('')}` : '';
}

function labelsOf(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`);
  return pairs.length ? `{${pairs.join(',')}}` : '';
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function numberOf(value: number): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value);
}
