import { Questions } from '../../../../src/questions/index.js';
import { COMMUNITY, type Examples, NOTHING } from './example.js';

const ASKED = { kind: 'other', text: '什么时候发米？' } as const;

export const QUESTIONS_EXAMPLES: Examples = {
  [`GET ${COMMUNITY}/questions`]: () => NOTHING,
  [`POST ${COMMUNITY}/questions/:questionId/answer`]: async (here) => {
    const { householdId } = await here.household();
    const resident = { ...here.given.system, id: householdId, householdId };
    const asked = await here.shop.app.get(Questions).ask(resident, householdId, { ...ASKED, entryId: null });
    return { params: { questionId: asked.questionId }, body: { text: '下周六上午。' } };
  },
  'GET /api/me/questions': () => NOTHING,
  'POST /api/me/questions': () => ({ body: ASKED }),
};
