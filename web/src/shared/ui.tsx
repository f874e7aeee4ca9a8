/** The small parts that every page is made of. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { sentenceOf, words } from './i18n.ts';
import { Info, Warn } from './icons.tsx';

/** The page's title; it takes the focus when the page opens, so that a screen reader says where one is. */
export function PageTitle({ text, children }: { text: string; children?: ComponentChildren }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${text} · Greffier`;
  }, [text]);
  return (
    <header class="page-title">
      <h1 ref={title} tabIndex={-1}>
        {text}
      </h1>
      {children}
    </header>
  );
}

export interface BannerProps {
  tone: 'error' | 'warning' | 'info';
  testId: string;
  children: ComponentChildren;
}

/** A sentence that must not be missed. */
export function Banner({ tone, testId, children }: BannerProps) {
  return (
    <div class={`banner ${tone}`} role={tone === 'error' ? 'alert' : 'status'} data-testid={testId}>
      {tone === 'info' ? <Info /> : <Warn />}
      <div class="banner-text">{children}</div>
    </div>
  );
}

/** A failure by its code, with a way to try again where there is one. */
export function Failure(props: { code: string; testId: string; retry?: () => void }) {
  return (
    <Banner tone="error" testId={props.testId}>
      <p>{sentenceOf(props.code)}</p>
      {props.retry && (
        <button type="button" class="button small" data-testid="retry" onClick={props.retry}>
          {words.value.common.retry}
        </button>
      )}
    </Banner>
  );
}

/** A grey bar where a text will be. */
export function Bone({ width }: { width: 's' | 'm' | 'l' }) {
  return <span class={`bone ${width}`} aria-hidden="true" />;
}

/** A labelled value of a list of facts. */
export function Fact({
  name,
  children,
  wide,
}: {
  name: string;
  children: ComponentChildren;
  wide?: boolean;
}) {
  return (
    <div class={wide ? 'fact wide' : 'fact'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How full something is, for eye and ear. */
export function Meter({ label, share }: { label: string; share: number }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return <meter aria-label={label} min={0} max={100} high={80} optimum={0} value={percent} />;
}
