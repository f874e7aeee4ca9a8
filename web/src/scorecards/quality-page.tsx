/** Scorecards: for those who judge, all they may see; for each agent, what was said of the own talks. Never a transcript. */
import { may } from '../access/session.ts';
import { PageTitle } from '../shared/ui.tsx';
import { AllCards } from './all-cards.tsx';
import { OwnCards } from './own-cards.tsx';
import { qualityWords } from './words.ts';

export function QualityPage() {
  const judges = may('scorecards:read');
  return (
    <>
      <PageTitle text={qualityWords.value.title} />
      {judges && <AllCards />}
      <OwnCards quiet={judges} />
    </>
  );
}
