// Asterisk from Debian, as all targets made for it are run: what is there before the generated text comes,
// starting it, and asking it things.
import type { PbxFile, TrunkConnection } from '../../../src/pbx/types';
import { markedText } from '../../../src/pbx/writing/block';
import { until } from '../../support/wait';
import type { Box } from '../box';
import type { TreeName } from '../setup/trees';
import type { Laid } from './bench';

/** What rings inside: it answers and waits for the caller to hang up. */
export const INSIDE_PHONE = 'Local/6001@phones';

const phones = ['[phones]', 'exten => 6001,1,Answer()', ' same => n,Wait(30)', ''].join('\n');

/** What a fresh Asterisk has around the trunk; of its many modules only those that calls need. */
function surroundings(modules: readonly string[]): Laid[] {
  const file = (name: string, ...lines: string[]): Laid => ({
    path: `etc/asterisk/${name}`,
    text: `${lines.join('\n')}\n`,
  });
  return [
    file(
      'asterisk.conf',
      '[directories]',
      'astetcdir => /etc/asterisk',
      'astdbdir => /tmp',
      'astspooldir => /tmp',
      'astrundir => /tmp',
      'astlogdir => /proof/log',
      '[options]',
      'verbose = 0',
    ),
    file('logger.conf', '[general]', '[logfiles]', 'asterisk.log => notice,warning,error'),
    file('rtp.conf', '[general]', 'rtpstart = 20000', 'rtpend = 20100'),
    file(
      'modules.conf',
      '[modules]',
      'autoload = no',
      ...modules.map((name) => `load = ${name}.so`),
    ),
  ];
}

export const commonModules = [
  ...['res_timing_timerfd', 'res_sorcery_config', 'res_sorcery_memory', 'res_sorcery_astdb'],
  ...['res_clioriginate', 'res_pjproject', 'res_rtp_asterisk', 'res_srtp'],
  ...['bridge_simple', 'bridge_softmix', 'bridge_native_rtp', 'bridge_builtin_features'],
  ...['codec_alaw', 'codec_ulaw', 'codec_resample', 'res_format_attr_g729'],
  ...['pbx_config', 'app_dial', 'app_stack', 'app_verbose', 'func_callerid', 'func_strings'],
  ...['func_logic', 'func_channel', 'func_global', 'func_timeout', 'app_echo'],
];

export const pjsipModules = [
  'res_sorcery_realtime',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_sdp_rtp',
  'res_pjsip_authenticator_digest',
  'res_pjsip_outbound_authenticator_digest',
  'res_pjsip_endpoint_identifier_ip',
  'res_pjsip_endpoint_identifier_user',
  'res_pjsip_endpoint_identifier_anonymous',
  'res_pjsip_outbound_registration',
  'res_pjsip_registrar',
  'res_pjsip_caller_id',
  'res_pjsip_diversion',
  'res_pjsip_nat',
  'res_pjsip_rfc3326',
  'res_pjsip_dtmf_info',
  'res_pjsip_header_funcs',
  'res_pjsip_logger',
  'res_pjsip_acl',
  'res_pjsip_path',
  'res_pjsip_pubsub',
  'chan_pjsip',
  'func_pjsip_endpoint',
];

/** A generated file in its place: between its markers when the file may hold more than it. */
export function placed(
  file: PbxFile,
  connection: TrunkConnection,
  targetId: string,
  folder = 'etc/asterisk',
): Laid {
  const key = { trunkSid: connection.trunkSid, targetId, fileName: file.name };
  const path = [folder, file.folder ?? '', file.name].filter((part) => part !== '').join('/');
  return file.extent === 'part'
    ? { path, text: markedText(file, key), behind: true }
    : { path, text: file.text };
}

/** The surroundings, the phones, and what the target brings. */
export function asteriskFiles(modules: readonly string[], laid: readonly Laid[]): Laid[] {
  return [
    ...surroundings(modules),
    { path: 'etc/asterisk/extensions.conf', text: phones, behind: true },
    ...laid,
  ];
}

export class Asterisk {
  private constructor(
    private readonly box: Box,
    private readonly tree: TreeName,
  ) {}

  static async start(box: Box, tree: TreeName): Promise<Asterisk> {
    const program = box.start('pbx', tree, 'asterisk-out', 'asterisk', ['-f', '-n']);
    const asterisk = new Asterisk(box, tree);
    await until(
      'Asterisk to have started',
      async () => {
        if (!program.alive) throw new Error(`Asterisk ended: ${asterisk.said()}`);
        return (await asterisk.ask('core waitfullybooted')).includes('fully booted');
      },
      20_000,
    );
    return asterisk;
  }

  /** A command of its CLI; the answer. */
  async ask(command: string): Promise<string> {
    return (await this.box.run('pbx', this.tree, 'asterisk', ['-rx', command])).output;
  }

  /** The tail of its log. */
  said(): string {
    const log = this.box.log('asterisk') || this.box.log('asterisk-out');
    return log.trim().split('\n').slice(-12).join('\n');
  }

  /** Warnings and errors about what it was told, not about calls. */
  complaints(): string[] {
    return this.box
      .log('asterisk')
      .split('\n')
      .filter((line) => /\b(WARNING|ERROR)\b/.test(line) && !harmless.test(line));
  }

  async callOut(dialled: string, context: string): Promise<void> {
    await this.ask(`channel originate Local/${dialled}@${context} application Wait 20`);
  }
}

/** Said of Debian's own files and of names that a closed network does not know, whatever the trunk. */
const harmless =
  /key directory|tries to include nonexistent context|users\.conf is deprecated|will be deprecated|Unable to lookup|getaddrinfo|did not verify|did not resolve to any address|Error opening directory/;

export function firstContext(text: string, pattern: RegExp): string {
  const names = [...text.matchAll(/^\[([^\]]+)\]/gm)].map(([, name]) => name ?? '');
  const found = names.find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`The dialplan has no context like ${String(pattern)}.`);
  return found;
}
