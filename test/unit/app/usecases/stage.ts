/**
 * An account on a sandbox of its own, with the real client, models and registry, for use cases: a person who
 * answers from a list and reads what is shown, and everything handed over written down.
 */
import { loadRowChoices } from '../../../support/row-samples';
import { ScriptedPrompter, type ScriptedAnswer } from '../../../support/scripted-prompter';
import { SilentUi } from '../../../support/silent-ui';
import type { Account, ApiKeys } from '../../../../src/app/accounts/account';
import { TrunkModels } from '../../../../src/app/accounts/models';
import type { AccountRegistry } from '../../../../src/app/accounts/registry';
import type { CommandId } from '../../../../src/app/commands';
import type { Failure } from '../../../../src/app/explain/failure';
import { isCancelled } from '../../../../src/app/input/prompter';
import type { NodeRef, RowRef, TrunkRef } from '../../../../src/app/refs';
import type { AccountPorts } from '../../../../src/app/usecases/accounts';
import type { Handler } from '../../../../src/app/usecases/handlers';
import type { TrunkPorts } from '../../../../src/app/usecases/trunks';
import { ExotelClient } from '../../../../src/exotel/client';
import { Limiters } from '../../../../src/exotel/limiter';
import type { AccountAddress } from '../../../../src/exotel/regions';
import { Secret } from '../../../../src/exotel/secret';
import { createTransport } from '../../../../src/exotel/transport';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../src/sandbox/index';
import type { AccountTrunks } from '../../../../src/trunks/account-trunks';
import type { Section } from '../../../../src/trunks/snapshot';
import { SEEDED } from '../../../support/account';
import { openWindow } from '../accounts';
import { FakeComputer } from '../fake-computer';

export { SEEDED };

/** What use cases of every noun use. */
export type StagePorts = AccountPorts & TrunkPorts;

export interface Stage {
  readonly sandbox: Sandbox;
  readonly registry: AccountRegistry;
  readonly computer: FakeComputer;
  readonly account: Account;
  readonly model: AccountTrunks;
  readonly ports: StagePorts;
  readonly ui: SilentUi;
  readonly revealed: NodeRef[];
  readonly explained: Failure[];
  /** Commands that were handed over to. */
  readonly ran: { readonly id: CommandId; readonly args: readonly unknown[] }[];
  /** Documents that were shown. */
  readonly documents: { readonly title: string; readonly json: unknown }[];
  /** Runs a handler with the person answering so; ends with Esc when they press it. */
  run(
    make: (ports: StagePorts) => Handler,
    answers: readonly ScriptedAnswer[],
    ...args: readonly unknown[]
  ): Promise<ScriptedPrompter>;
  runWith(
    person: ScriptedPrompter,
    make: (ports: StagePorts) => Handler,
    ...args: readonly unknown[]
  ): Promise<void>;
  trunk(trunkSid?: string): TrunkRef;
  /** The row whose id Exotel has in the first place of the list, or in the place given. */
  row(section: Section, at?: number, trunkSid?: string): Promise<RowRef>;
  /** What the sandbox holds. */
  held(
    trunkSid?: string,
  ): Sandbox['state'] extends () => infer S
    ? S extends { readonly trunks: readonly (infer T)[] }
      ? T | undefined
      : never
    : never;
  close(): Promise<void>;
}

export async function stage(options: SandboxOptions = {}): Promise<Stage> {
  const sandbox = await startSandbox({ callsPerMinute: Infinity, ...options });
  const computer = new FakeComputer();
  const { registry } = openWindow(computer);
  const limiters = new Limiters({ limit: 10_000 });
  const transport = createTransport();
  const createApi = (address: AccountAddress, keys: ApiKeys) =>
    Promise.resolve(
      new ExotelClient({
        address,
        ...keys,
        transport,
        limiter: limiters.for(address),
        timeoutMs: 5000,
      }),
    );
  const models = new TrunkModels({ registry, createApi, log: () => undefined });
  const { account } = await registry.add(
    {
      label: 'Test account',
      region: 'custom',
      baseUrl: sandbox.url,
      accountSid: sandbox.accountSid,
    },
    { apiKey: new Secret(sandbox.apiKey), apiToken: new Secret(sandbox.apiToken) },
  );
  const model = await models.open(account.id);
  await model.ensureTrunks();
  const ui = new SilentUi();
  const revealed: NodeRef[] = [];
  const explained: Failure[] = [];
  const ran: { id: CommandId; args: readonly unknown[] }[] = [];
  const documents: { title: string; json: unknown }[] = [];
  const texts = await loadRowChoices();
  const portsOf = (prompter: ScriptedPrompter): StagePorts => ({
    prompter,
    registry,
    models,
    ui,
    texts,
    createApi,
    log: { warn: () => undefined },
    troubleshooter: {
      showFailures: (failures) => {
        explained.push(...failures);
        return Promise.resolve();
      },
    },
    view: {
      reveal: (ref) => {
        revealed.push(ref);
        return Promise.resolve();
      },
    },
    run: (command, ...args) => {
      ran.push({ id: command.id, args });
      return Promise.resolve();
    },
    documents: {
      show: (_folder, title, json) => {
        documents.push({ title, json });
        return Promise.resolve();
      },
    },
    panels: { show: () => undefined },
    sandboxes: {
      add: () => Promise.resolve(account),
      stop: () => Promise.resolve(),
    },
  });
  const runWith: Stage['runWith'] = async (person, make, ...args) => {
    try {
      await make(portsOf(person))(args);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  };
  const trunk = (trunkSid: string = SEEDED.outbound): TrunkRef => ({
    kind: 'trunk',
    accountId: account.id,
    trunkSid,
  });
  return {
    sandbox,
    registry,
    computer,
    account,
    model,
    ports: portsOf(new ScriptedPrompter()),
    ui,
    revealed,
    explained,
    ran,
    documents,
    runWith,
    run: async (make, answers, ...args) => {
      const person = new ScriptedPrompter(answers);
      await runWith(person, make, ...args);
      person.assertDone();
      return person;
    },
    trunk,
    row: async (section, at = 0, trunkSid = SEEDED.outbound) => {
      await model.ensureSections(trunkSid);
      const sections = model.trunk(trunkSid)?.sections;
      const ids = {
        numbers: sections?.numbers.value?.map(({ id }) => id),
        ips: sections?.ips.value?.map(({ id }) => id),
        destinations: sections?.destinations.value?.map(({ id }) => id),
        credentials: sections?.credentials.value?.map((one) =>
          one.kind === 'own' ? one.id : one.userName,
        ),
        settings: sections?.settings.value?.map(({ name }) => name),
      };
      return { ...trunk(trunkSid), kind: 'row', section, rowId: ids[section]?.[at] ?? 'none' };
    },
    held: (trunkSid = SEEDED.outbound) =>
      sandbox.state().trunks.find((one) => one.trunkSid === trunkSid),
    close: async () => {
      models.dispose();
      registry.dispose();
      await sandbox.close();
    },
  };
}
