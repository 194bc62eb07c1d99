/**
 * workbench/: everything that imports `vscode`.
 *
 * What the generator asks when it is used without the panel. What a PBX cannot do is shown with the
 * reason, not hidden.
 */
import { l10n } from 'vscode';
import {
  PASSWORD_PLACEHOLDER,
  UnsafeValueError,
  peerName as checkPeerName,
} from '../../pbx/quoting/plain';
import { cardById, cards } from '../../pbx/cards';
import type { AuthMode, Transport } from '../../terms/use';
import type { PbxGroup, PbxCard, ConnectionUse } from '../../pbx/types';
import { BACK, type Choice } from '../../app/input/prompter';
import { runSteps, type Step } from '../../app/input/steps';
import { readSenders } from '../../pages/panel/choices';
import { viewStrings } from '../../pages/panel/strings';
import type { Asks, Tells } from '../../app/usecases/ports';

export interface Draft {
  readonly targetId: string;
  readonly variant: string;
  readonly useCase: ConnectionUse;
  readonly auth: AuthMode;
  readonly transport: Transport;
  readonly withPassword: boolean;
  /** Addresses Exotel calls from, as entered. */
  readonly senders: string;
  readonly peerName: string;
}

export interface QuestionContext {
  readonly title: string;
  /** The PBX used last, which comes first in the list. */
  readonly lastTargetId: string | null;
  /** Null: no password is known, so it is not asked about. */
  readonly userName: string | null;
  /** Whether the file in front has another trunk's block with the draft's name inside the PBX. */
  nameIsTaken(draft: Draft): boolean;
}

const GROUP_ORDER: readonly PbxGroup[] = ['pbx', 'proxy', 'sbc', 'voice-ai', 'table'];
const USE_CASES: readonly ConnectionUse[] = ['outbound', 'inbound', 'both', 'streamkit'];
const AUTH_MODES: readonly AuthMode[] = ['credential', 'ip', 'both'];
const TRANSPORTS: readonly Transport[] = ['tls', 'tcp'];

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
  services: Asks & Tells,
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
    const answer = await services.prompter.pick<T>({ ...question, choices, active });
    const against = answer === BACK ? null : reason(answer);
    if (against === null) return answer;
    void services.ui.info(against);
  }
}

function targetOf(draft: Draft): PbxCard | null {
  return cardById(draft.targetId);
}

export function ask(
  services: Asks & Tells,
  start: Draft,
  context: QuestionContext,
): Promise<Draft> {
  const { title } = context;
  const { prompter } = services;
  const steps: readonly Step<Draft>[] = [
    async (state, facts) => {
      const targetId = await prompter.pick({
        title,
        placeholder: l10n.t('For which PBX? Type a name or a vendor.'),
        choices: targetChoices(context.lastTargetId),
        active: state.targetId,
        steps: facts,
      });
      return targetId === BACK ? BACK : { ...state, targetId };
    },
    {
      when: (state) => (targetOf(state)?.variants.length ?? 0) > 1,
      ask: async (state, facts) => {
        const variants = targetOf(state)?.variants ?? [];
        const variant = await prompter.pick({
          title,
          placeholder: l10n.t('Which kind of {0}?', targetOf(state)?.name ?? ''),
          choices: variants.map(({ id, name }) => ({ label: name, value: id })),
          active: variants.some(({ id }) => id === state.variant)
            ? state.variant
            : (variants[0]?.id ?? ''),
          steps: facts,
        });
        return variant === BACK ? BACK : { ...state, variant };
      },
    },
    async (state, facts) => {
      const target = targetOf(state);
      const useCase = await pickPossible(
        services,
        {
          title,
          placeholder: l10n.t('What for?'),
          choices: USE_CASES.map((one) => USE_CASE_CHOICES[one]()),
          active: state.useCase,
          steps: facts,
        },
        (one) => (target === null ? null : reasonAgainst(target, [one], AUTH_MODES, TRANSPORTS)),
      );
      // Whatever was chosen for another use case may not go with this one.
      const { auth, transport } = start;
      return useCase === BACK ? BACK : { ...state, useCase, auth, transport };
    },
    {
      // Only when this PBX cannot have what the trunk suggests.
      when: (state) => {
        const target = targetOf(state);
        return (
          target !== null &&
          reasonAgainst(target, [state.useCase], [start.auth], TRANSPORTS) !== null
        );
      },
      ask: async (state, facts) => {
        const target = targetOf(state);
        const auth = await pickPossible(
          services,
          {
            title,
            placeholder: l10n.t('How does Exotel know the PBX?'),
            choices: AUTH_MODES.map((one) => ({ label: viewStrings.auth(one), value: one })),
            active: state.auth,
            steps: facts,
          },
          (one) =>
            target === null ? null : reasonAgainst(target, [state.useCase], [one], TRANSPORTS),
        );
        return auth === BACK ? BACK : { ...state, auth };
      },
    },
    {
      when: (state) => {
        const target = targetOf(state);
        return (
          target !== null && target.cannot(state.useCase, state.auth, start.transport) !== null
        );
      },
      ask: async (state, facts) => {
        const target = targetOf(state);
        const transport = await pickPossible(
          services,
          {
            title,
            placeholder: l10n.t('How are calls carried?'),
            choices: TRANSPORTS.map((one) => ({ label: viewStrings.transport(one), value: one })),
            active: state.transport,
            steps: facts,
          },
          (one) => target?.cannot(state.useCase, state.auth, one) ?? null,
        );
        return transport === BACK ? BACK : { ...state, transport };
      },
    },
    {
      when: ({ useCase }) => useCase === 'inbound' || useCase === 'both',
      ask: async (state, facts) => {
        const senders = await prompter.input({
          title,
          prompt: l10n.t(
            'Addresses Exotel calls from (support@exotel.com tells them). Empty leaves the inbound part out: it would take calls from anyone.',
          ),
          placeholder: '198.51.100.0/24',
          value: state.senders,
          validate: (text) =>
            readSenders(text) === null
              ? {
                  severity: 'error',
                  message: l10n.t('Enter IPv4 addresses or networks up to /16, with commas.'),
                }
              : null,
          steps: facts,
        });
        return senders === BACK ? BACK : { ...state, senders };
      },
    },
    {
      when: (state) => context.nameIsTaken({ ...state, peerName: start.peerName }),
      ask: async (state, facts) => {
        const peerName = await prompter.input({
          title,
          prompt: l10n.t(
            'Another Exotel trunk in this file is called {0}. Name of this one inside the PBX:',
            start.peerName,
          ),
          value: state.peerName === start.peerName ? `${start.peerName}2` : state.peerName,
          validate: (text) => wrongName(text, context.nameIsTaken({ ...state, peerName: text })),
          steps: facts,
        });
        return peerName === BACK ? BACK : { ...state, peerName };
      },
    },
    {
      when: (state) =>
        context.userName !== null && state.auth !== 'ip' && state.useCase !== 'inbound',
      ask: async (state, facts) => {
        const withPassword = await prompter.pick({
          title,
          placeholder: l10n.t('SIP password in the text'),
          choices: [
            { label: l10n.t('Placeholder'), description: PASSWORD_PLACEHOLDER, value: false },
            {
              label: l10n.t('Password of {0}', context.userName ?? ''),
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
  try {
    checkPeerName(l10n.t('Name'), text);
  } catch (error) {
    if (error instanceof UnsafeValueError) {
      return { severity: 'error', message: error.message } as const;
    }
    throw error;
  }
  return taken
    ? ({ severity: 'error', message: l10n.t('This name is taken in this file.') } as const)
    : null;
}
