/** The sheet that goes with a recovery key: on paper only, so the page shows the button and the printer the sheet. */
import { day } from '../shared/format.ts';
import { Print } from './print.tsx';
import type { MadeKey } from './protocol.ts';
import { keyWords } from './words.ts';

export function RecoverySheet({ made, file, site }: { made: MadeKey; file: string; site: string }) {
  const t = keyWords.value;
  return (
    <>
      <p class="hint">{t.setup.sheetHint}</p>
      <div class="actions">
        <button type="button" class="button" data-testid="sheet-print" onClick={() => print()}>
          {t.setup.sheet}
        </button>
      </div>
      <Sheet made={made} file={file} site={site} />
    </>
  );
}

function Sheet({ made, file, site }: { made: MadeKey; file: string; site: string }) {
  const t = keyWords.value.sheet;
  return (
    <article class="sheet" aria-hidden="true" data-testid="sheet">
      <h1>{t.title(site)}</h1>
      <p>{t.made(day(new Date().toISOString()))}</p>
      <p>
        {t.print} <Print hex={made.fingerprint} />
      </p>
      <p>
        {t.file} <code>{file}</code>
      </p>
      <ol>
        {t.keep.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <p>{t.use}</p>
      <pre>{`gpg --import ${file}\ngpg --decrypt message.pgp > audio`}</pre>
      <p>
        {t.kept} ______________________ {t.keptBy} ______________________
      </p>
      <p>{t.key}</p>
      <pre class="sheet-key">{made.privateKey}</pre>
    </article>
  );
}
