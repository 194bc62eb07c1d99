/**
 * app/: the application, without `vscode`.
 *
 * What a person does with the caller ID of a trunk.
 */
import * as l10n from '@vscode/l10n';
import { checkPhoneNumber } from '../../exotel/rules/numbers';
import { COMMANDS } from '../commands.generated';
import { accepted, answered, asValidation } from '../input/answers';
import { type HandlersOf, onTrunk } from './handlers';
import type { Asks, Finds, Tells, TrunkTarget } from './ports';

/** Null: another number than the mapped ones. */
async function pickCallerId(
  { prompter }: Asks,
  title: string,
  mapped: readonly string[],
): Promise<string | null> {
  return answered(
    await prompter.pick<string | null>({
      title,
      placeholder: l10n.t('Number shown to the people you call'),
      choices: [
        ...mapped.map((number) => ({ label: number, icon: 'device-mobile', value: number })),
        { label: l10n.t('Another Number…'), icon: 'edit', value: null },
      ],
    }),
  );
}

async function askCallerId(
  { prompter }: Asks,
  title: string,
  mapped: readonly string[],
): Promise<string> {
  const text = answered(
    await prompter.input({
      title,
      prompt: l10n.t('Number shown to the people you call'),
      placeholder: '+918040123456',
      validate: (value) => {
        const checked = checkPhoneNumber(value);
        const validation = asValidation(checked);
        if (validation !== null || !checked.ok || mapped.includes(checked.value)) return validation;
        return {
          severity: 'warning',
          message: l10n.t('Not mapped to this trunk: Exotel may refuse calls that show it.'),
        };
      },
    }),
  );
  return accepted(checkPhoneNumber(text));
}

async function setCallerId(
  { prompter, ui }: Asks & Tells,
  { model, trunkSid }: TrunkTarget,
  title: string,
): Promise<void> {
  await ui.busy(() => model.ensureSections(trunkSid, ['numbers', 'settings']));
  const mapped = (model.trunk(trunkSid)?.sections.numbers.value ?? []).map((row) => row.number);
  const chosen = mapped.length === 0 ? null : await pickCallerId({ prompter }, title, mapped);
  const number = chosen ?? (await askCallerId({ prompter }, title, mapped));
  if (number === model.callerId(trunkSid)) return;
  await ui.busy(() => model.setCallerId(trunkSid, number));
  ui.status(l10n.t('Caller ID is {0}.', number));
}

/** Null, and says so, when none is set. */
async function currentCallerId(
  { ui }: Tells,
  { model, trunkSid }: TrunkTarget,
): Promise<string | null> {
  await ui.busy(() => model.ensureSections(trunkSid, ['settings']));
  const current = model.callerId(trunkSid);
  if (current === null) void ui.info(l10n.t('No caller ID is set on this trunk.'));
  return current;
}

async function clearCallerId(ports: Asks & Tells, target: TrunkTarget): Promise<void> {
  const current = await currentCallerId(ports, target);
  if (current === null) return;
  await ports.prompter.confirm({
    message: l10n.t('Clear the caller ID {0}?', current),
    detail: l10n.t('Calls then show the number your PBX sends in From.'),
    action: l10n.t('Clear Caller ID'),
  });
  await ports.ui.busy(() => target.model.clearCallerId(target.trunkSid));
  ports.ui.status(l10n.t('Caller ID cleared.'));
}

async function copyCallerId(ports: Tells, target: TrunkTarget): Promise<void> {
  const current = await currentCallerId(ports, target);
  if (current === null) return;
  await ports.ui.copy(current);
  ports.ui.status(l10n.t('Caller ID copied.'));
}

export type CallerIdPorts = Finds;

export function callerIdHandlers(ports: CallerIdPorts): HandlersOf<'callerId'> {
  const { set, clear, copy } = COMMANDS.callerId;
  return {
    set: onTrunk(ports, set, (target, title) => setCallerId(ports, target, title)),
    clear: onTrunk(ports, clear, (target) => clearCallerId(ports, target)),
    copy: onTrunk(ports, copy, (target) => copyCallerId(ports, target)),
  };
}
