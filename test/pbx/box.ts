// A box: networks, processes and mounts of its own. The PBX and the rest of the world have a network each
// (both may want the same port on all addresses), joined by one wire; no other leads anywhere. What is
// started in the box ends with it, and it ends by itself when its time is up.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureDir, removeDir, temporaryDir } from '../support/paths';
import { Program, type RunResult, run } from '../support/processes';
import { INSIDE, PBX, WORLD } from './addresses';
import type { Trees } from './setup';
import type { TreeName } from './setup/trees';

/** How long one combination may take at most, in seconds; then everything in its box ends. */
const boxSeconds = 60;

/** Folders of a tree that a run has for its own. Programs find them under their usual names. */
const ownFolders: Readonly<Record<TreeName, readonly string[]>> = {
  'asterisk-22': ['etc/asterisk', 'etc/ssl'],
  'asterisk-16': ['etc/asterisk', 'etc/ssl'],
  tools: ['etc/kamailio', 'etc/ssl'],
};

function mounts(trees: Trees, dir: string): string[] {
  return Object.values(trees).flatMap(({ name, dir: tree }) => [
    `mount --bind '${dir}' '${tree}/proof'`,
    ...ownFolders[name].map((folder) => `mount --bind '${join(dir, folder)}' '${tree}/${folder}'`),
    ...['tmp', 'run', 'var/run'].map((folder) => `mount -t tmpfs own '${tree}/${folder}'`),
    `mount --rbind /dev '${tree}/dev'`,
    `mount -t proc proc '${tree}/proc'`,
  ]);
}

/** In /proc/net/tcp and udp: addresses in hexadecimal, the lowest byte first; state 0A listens. */
function listens(sockets: string, protocol: 'tcp' | 'udp', address: string, port: number): boolean {
  const octets = address.split('.').map((octet) => hex(Number(octet), 2));
  const hosts = [octets.reverse().join(''), '00000000'];
  const wanted = hosts.map((host) => `${host}:${hex(port, 4)}`);
  return sockets.split('\n').some((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return wanted.includes(local) && (protocol === 'udp' || state === '0A');
  });
}

function firstChild(pid: string): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0] ?? '';
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Holds the folders of all boxes. */
let boxesDir: string | undefined;

export type Side = 'world' | 'pbx';

/** Makes the second network, held by a program that does nothing, and the wire between the two. */
function wiring(ip: string): string[] {
  return [
    `unshare -n sleep ${boxSeconds} &`,
    'pbx=$!',
    'while [ "$(readlink /proc/$pbx/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done',
    `in_pbx() { nsenter -t $pbx -n ${ip} "$@"; }`,
    `${ip} link set lo up`,
    'in_pbx link set lo up',
    `${ip} link add world type veth peer name pbx netns $pbx`,
    `${ip} link set world up`,
    'in_pbx link set pbx up',
    ...WORLD.map((address) => `${ip} address add ${address}/32 dev world`),
    ...[PBX, INSIDE].map((address) => `in_pbx address add ${address}/32 dev pbx`),
    ...[PBX, INSIDE].map((address) => `${ip} route add ${address}/32 dev world`),
    `in_pbx route add default dev pbx src ${PBX}`,
  ];
}

export class Box {
  private constructor(
    private readonly trees: Trees,
    /** The run's own folder; programs in a tree see it as `/proof`. */
    readonly dir: string,
    private readonly holder: Program,
    /** A process on either side, by its id on this machine. */
    private readonly holders: Readonly<Record<Side, string>>,
  ) {}

  static async open(trees: Trees): Promise<Box> {
    boxesDir ??= temporaryDir('pbx');
    const dir = mkdtempSync(join(boxesDir, 'box-'));
    for (const folder of [
      'log',
      'etc/asterisk',
      'etc/kamailio',
      'etc/ssl/certs',
      'etc/ssl/private',
    ]) {
      mkdirSync(join(dir, folder), { recursive: true });
    }
    const ip = `chroot '${trees.tools.dir}' /bin/ip`;
    const script = [
      'set -e',
      ...wiring(ip),
      ...mounts(trees, dir),
      'echo open',
      `exec sleep ${boxSeconds}`,
    ].join('\n');
    const holder = new Program('unshare', [
      ...['-n', '-m', '-p', '-f', '--kill-child', '--mount-proc'],
      ...['sh', '-c', script],
    ]);
    if (!(await holder.waitForOutput((output) => output.includes('open\n')))) {
      throw new Error(`No network of its own could be made: ${holder.output.trim()}`);
    }
    const world = firstChild(String(holder.pid));
    return new Box(trees, dir, holder, { world, pbx: firstChild(world) });
  }

  /** Puts a file where programs of every tree find it, e.g. `etc/asterisk/pjsip.conf`. */
  write(path: string, text: string): void {
    const file = join(this.dir, path);
    ensureDir(dirname(file));
    writeFileSync(file, text);
  }

  copy(from: string, path: string): void {
    cpSync(from, join(this.dir, path), { recursive: true });
  }

  /** Copies a folder out of the box. */
  take(path: string, to: string): void {
    cpSync(join(this.dir, path), to, { recursive: true });
  }

  read(path: string): string {
    const file = join(this.dir, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Starts a program that stays; what it says goes to `log/<name>.log`. */
  start(
    side: Side,
    tree: TreeName,
    name: string,
    command: string,
    args: readonly string[],
  ): Program {
    const script = 'exec "$@" </dev/null >"$0" 2>&1';
    const log = join(this.dir, 'log', `${name}.log`);
    const [program, rest] = this.inside(side, tree, command, args);
    return new Program('sh', ['-c', script, log, program, ...rest], { env: { LANG: 'C.UTF-8' } });
  }

  /** What a program that was started has said so far. */
  log(name: string): string {
    return this.read(`log/${name}.log`);
  }

  /** Resolves when somebody listens there; throws when `program` ends first or nobody does in time. */
  async listening(
    side: Side,
    protocol: 'tcp' | 'udp',
    address: string,
    port: number,
    program: Program,
    name: string,
  ): Promise<void> {
    const end = Date.now() + 15_000;
    for (;;) {
      const sockets = readFileSync(`/proc/${this.holders[side]}/net/${protocol}`, 'utf8');
      if (listens(sockets, protocol, address, port)) return;
      if (!program.alive || Date.now() > end) {
        const said = this.log(name).trim().split('\n').slice(-8).join('\n');
        throw new Error(`${name} does not listen on ${address}:${port}.\n${said}`);
      }
      await pause(20);
    }
  }

  run(side: Side, tree: TreeName, command: string, args: readonly string[]): Promise<RunResult> {
    const [program, rest] = this.inside(side, tree, command, args);
    return run(program, rest, { env: { LANG: 'C.UTF-8' }, silenceMs: 20_000 });
  }

  async close(): Promise<void> {
    this.holder.kill();
    await this.holder.exited;
    removeDir(this.dir);
  }

  private inside(
    side: Side,
    tree: TreeName,
    command: string,
    args: readonly string[],
  ): [string, readonly string[]] {
    const { world } = this.holders;
    const enter = ['-t', world, '-m', '-p', `--net=/proc/${this.holders[side]}/ns/net`, '--'];
    return ['nsenter', [...enter, 'chroot', this.trees[tree].dir, command, ...args]];
  }
}
