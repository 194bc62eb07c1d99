/**
 * workbench/: everything that imports `vscode`.
 *
 * What the generator asks when it is used without the panel. What a PBX cannot do is shown with the
 * reason, not hidden.
 */
import { l10n } from 'vscode';
import type { ChoiceField, Chosen } from '../../app/choices';
import { BACK, type Choice } from '../../app/input/prompter';
import { runSteps, type Step } from '../../app/input/steps';
import type { Effective } from '../../app/plan';
import { viewStrings } from '../../pages/panel/strings';
import type { Asks, Tells } from '../../app/usecases/ports';
import { cardById, cards } from '../../pbx/cards';
import { DECIDING, problemWith, valueLabel } from '../../pbx/options';
import { PASSWORD_PLACEHOLDER } from '../../pbx/quoting/plain';
import type { PbxCard, PbxGroup } from '../../pbx/types';
import { usesCredential, wantsInbound } from '../../pbx/writing/common';
import type { AuthMode, Transport, ConnectionUse } from '../../terms/use';

/** Who asks, and who says why something cannot be. */
interface Asking {
  readonly prompter: Asks['prompter'];
  readonly ui: Pick<Tells['ui'], 'info'>;
}

export interface Draft {
  /** What was never chosen before and is now. */
  readonly answers: Chosen;
  readonly withPassword: boolean;
}

export interface QuestionContext {
  readonly title: string;
  /** The PBX to begin with; null: nothing says which. */
  readonly likelyTargetId: string | null;
  /** The PBX any trunk had last, which comes first in the list. */
  readonly lastTargetId: string | null;
  /** Null: the PBX is asked for. */
  readonly settledTargetId: string | null;
  /** The trunk had a configuration before: what it is for, and how it is written, is chosen. */
  readonly isKnown: boolean;
  /** Everything that is in force with these answers. */
  effective(answers: Chosen): Effective;
  /** A user of the trunk whose password is known here. */
  isPasswordKnown(userName: string | null): boolean;
  /** Whether the file in front has another trunk's block with that name inside the PBX. */
  isNameTaken(targetId: string, peerName: string): boolean;
}

const GROUP_ORDER: readonly PbxGroup[] = ['pbx', 'proxy', 'sbc', 'voice-ai', 'table'];

function targetChoice(target: PbxCard, group: string): Choice<string> {
  const words = target.keywords.join(', ');
  return {
    label: target.name,
    description: target.versions,
    ...(words === '' ? {} : { detail: l10n.t('Also found as {0}', words) }),
    group,
    value: target.id,
  };
}

function targetChoices(lastTargetId: string | null): Choice<string>[] {
  const last = lastTargetId === null ? null : cardById(lastTargetId);
  const others = GROUP_ORDER.flatMap((group) =>
    cards
      .filter((target) => target.group === group && target !== last)
      .map((target) => targetChoice(target, viewStrings.group(group))),
  );
  return last === null ? others : [targetChoice(last, l10n.t('Last used')), ...others];
}

/** Null when it works in one of the ways; else the reason it does not in the first one. */
function reasonAgainst(
  target: PbxCard,
  useCases: readonly ConnectionUse[],
  auths: readonly AuthMode[],
  transports: readonly Transport[],
): string | null {
  const reasons = useCases.flatMap((useCase) =>
    auths.flatMap((auth) => transports.map((transport) => target.cannot(useCase, auth, transport))),
  );
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

const USE_CASE_CHOICES: Readonly<Record<ConnectionUse, () => Choice<ConnectionUse>>> = {
  outbound: () => ({
    label: l10n.t('Outbound'),
    detail: l10n.t('Call phone numbers from your PBX.'),
    value: 'outbound',
  }),
  inbound: () => ({
    label: l10n.t('Inbound'),
    detail: l10n.t('Take calls on your numbers.'),
    value: 'inbound',
  }),
  both: () => ({ label: l10n.t('Outbound and inbound'), value: 'both' }),
  streamkit: () => ({
    label: l10n.t('StreamKit'),
    detail: l10n.t('Connect your contact centre to a voice bot.'),
    value: 'streamkit',
  }),
};

/** A choice that cannot be, with why. */
function barred<T>(choice: Choice<T>, reason: string | null): Choice<T> {
  return reason === null ? choice : { ...choice, detail: reason, icon: 'circle-slash' };
}

/**
 * Asks until the choice is one that can be. The reasons stand in the list; who chooses one all the same
 * gets it said once more.
 */
async function pickPossible<T>(
  { prompter, ui }: Asking,
  question: Parameters<Asks['prompter']['pick']>[0] & {
    readonly choices: readonly Choice<T>[];
    readonly active: T;
  },
  reason: (value: T) => string | null,
): Promise<T | typeof BACK> {
  const choices = question.choices.map((choice) => barred(choice, reason(choice.value)));
  const active =
    reason(question.active) === null
      ? question.active
      : (choices.find(({ value }) => reason(value) === null)?.value ?? question.active);
  for (;;) {
    const answer = await prompter.pick<T>({ ...question, choices, active });
    const against = answer === BACK ? null : reason(answer);
    if (against === null) return answer;
    void ui.info(against);
  }
}

function without(answers: Chosen, ...fields: readonly ChoiceField[]): Chosen {
  const kept = Object.entries(answers).filter(([field]) => !fields.some((one) => one === field));
  return Object.fromEntries(kept);
}

/** Asks what was never chosen, and what cannot stay as it is. */
export function ask({ prompter, ui }: Asking, context: QuestionContext): Promise<Draft> {
  const { title, settledTargetId, isKnown } = context;
  const withAnswer = (state: Draft, field: ChoiceField, value: string): Draft => ({
    ...state,
    answers: { ...state.answers, [field]: value },
  });
  /** In force with the answers before: a question that was answered stays one to come back to. */
  const before = ({ answers }: Draft, ...fields: readonly ChoiceField[]): Effective =>
    context.effective(without(answers, ...fields));
  const start: Draft = {
    answers: settledTargetId === null ? {} : { targetId: settledTargetId },
    withPassword: false,
  };
  const steps: readonly Step<Draft>[] = [
    {
      when: () => settledTargetId === null,
      ask: async (state, facts) => {
        const targetId = await prompter.pick({
          title,
          placeholder: l10n.t('For which PBX? Type a name or a vendor.'),
          choices: targetChoices(context.lastTargetId),
          active: state.answers.targetId ?? context.likelyTargetId ?? '',
          steps: facts,
        });
        return targetId === BACK ? BACK : withAnswer(state, 'targetId', targetId);
      },
    },
    {
      when: (state) => !isKnown && before(state, 'variant').card.variants.length > 1,
      ask: async (state, facts) => {
        const { card, choices } = context.effective(state.answers);
        const variant = await prompter.pick({
          title,
          placeholder: l10n.t('Which kind of {0}?', card.name),
          choices: card.variants.map(({ id, name }) => ({ label: name, value: id })),
          active: choices.variant,
          steps: facts,
        });
        return variant === BACK ? BACK : withAnswer(state, 'variant', variant);
      },
    },
    {
      when: () => !isKnown,
      ask: async (state, facts) => {
        const { card, options } = context.effective(state.answers);
        const useCase = await pickPossible(
          { prompter, ui },
          {
            title,
            placeholder: l10n.t('What for?'),
            choices: DECIDING.useCase.map((one) => USE_CASE_CHOICES[one]()),
            active: options.useCase,
            steps: facts,
          },
          (one) => reasonAgainst(card, [one], DECIDING.auth, DECIDING.transport),
        );
        if (useCase === BACK) return BACK;
        // Whatever was answered for another use case may not go with this one.
        const answers = without(state.answers, 'auth', 'transport');
        return withAnswer({ ...state, answers }, 'useCase', useCase);
      },
    },
    {
      // Only when this PBX cannot have what was chosen, or what the trunk suggests.
      when: (state) => {
        const { card, options } = before(state, 'auth', 'transport');
        const { useCase, auth } = options;
        return reasonAgainst(card, [useCase], [auth], DECIDING.transport) !== null;
      },
      ask: async (state, facts) => {
        const { card, options } = context.effective(state.answers);
        const auth = await pickPossible(
          { prompter, ui },
          {
            title,
            placeholder: l10n.t('How does Exotel know the PBX?'),
            choices: DECIDING.auth.map((one) => ({ label: valueLabel('auth', one), value: one })),
            active: options.auth,
            steps: facts,
          },
          (one) => reasonAgainst(card, [options.useCase], [one], DECIDING.transport),
        );
        return auth === BACK ? BACK : withAnswer(state, 'auth', auth);
      },
    },
    {
      when: (state) => {
        const { card, options } = before(state, 'transport');
        return card.cannot(options.useCase, options.auth, options.transport) !== null;
      },
      ask: async (state, facts) => {
        const { card, options } = context.effective(state.answers);
        const transport = await pickPossible(
          { prompter, ui },
          {
            title,
            placeholder: l10n.t('How are calls carried?'),
            choices: DECIDING.transport.map((one) => ({
              label: valueLabel('transport', one),
              value: one,
            })),
            active: options.transport,
            steps: facts,
          },
          (one) => card.cannot(options.useCase, options.auth, one),
        );
        return transport === BACK ? BACK : withAnswer(state, 'transport', transport);
      },
    },
    {
      when: (state) => {
        const { connection } = before(state, 'exotelAddresses');
        return wantsInbound(connection) && connection.exotelAddresses.length === 0;
      },
      ask: async (state, facts) => {
        const senders = await prompter.input({
          title,
          prompt: l10n.t(
            'Addresses Exotel calls from (support@exotel.com tells them). Empty leaves the inbound part out: it would take calls from anyone.',
          ),
          placeholder: '198.51.100.0/24',
          value: context.effective(state.answers).choices.exotelAddresses,
          validate: (text) => {
            const message = problemWith('exotelAddresses', text);
            return message === null ? null : { severity: 'error', message };
          },
          steps: facts,
        });
        return senders === BACK ? BACK : withAnswer(state, 'exotelAddresses', senders);
      },
    },
    {
      when: (state) => {
        const { card, options } = before(state, 'peerName');
        return context.isNameTaken(card.id, options.peerName);
      },
      ask: async (state, facts) => {
        const taken = before(state, 'peerName').options.peerName;
        const { card, choices } = context.effective(state.answers);
        const peerName = await prompter.input({
          title,
          prompt: l10n.t(
            'Another Exotel trunk in this file is called {0}. Name of this one inside the PBX:',
            taken,
          ),
          value: choices.peerName === taken ? `${taken}2` : choices.peerName,
          validate: (text) => wrongName(text, context.isNameTaken(card.id, text)),
          steps: facts,
        });
        return peerName === BACK ? BACK : withAnswer(state, 'peerName', peerName);
      },
    },
    {
      when: ({ answers }) => {
        const { connection } = context.effective(answers);
        return usesCredential(connection) && context.isPasswordKnown(connection.userName);
      },
      ask: async (state, facts) => {
        const { userName } = context.effective(state.answers).connection;
        const withPassword = await prompter.pick({
          title,
          placeholder: l10n.t('SIP password in the text'),
          choices: [
            { label: l10n.t('Placeholder'), description: PASSWORD_PLACEHOLDER, value: false },
            {
              label: l10n.t('Password of {0}', userName ?? ''),
              detail: l10n.t('In clear text. Anyone who reads the file can call at your cost.'),
              value: true,
            },
          ],
          active: state.withPassword,
          steps: facts,
        });
        return withPassword === BACK ? BACK : { ...state, withPassword };
      },
    },
  ];
  return runSteps(start, steps);
}

function wrongName(text: string, taken: boolean) {
  const problem = problemWith('peerName', text);
  const message = problem ?? (taken ? l10n.t('This name is taken in this file.') : null);
  return message === null ? null : ({ severity: 'error', message } as const);
}
