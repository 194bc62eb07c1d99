// Programs a run starts: each in a process group of its own, stopped by its id and never by a name,
// whether the run ends well, fails, is interrupted or falls silent.
import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { onPath, root } from './paths';

const windows = process.platform === 'win32';
/** How long a program may take to end by itself once it was asked to, in ms. */
const graceMs = 8000;
/** How much of a program's output is kept to explain a failure, in characters. */
const keptOutput = 200_000;

export interface StartOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `show` also prints the output as it comes; `capture` (the default) only keeps it in `output`. */
  readonly output?: 'show' | 'capture';
}

const running = new Set<Program>();

export class Program {
  /** stdout and stderr as they came, the last part of them. */
  output = '';
  /** How often something was heard of the program: a sign of life, nothing to count with. */
  signs = 0;
  /** The exit code, or null when the program was ended by a signal or could not be started. */
  readonly exited: Promise<number | null>;
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();
  private ended = false;

  constructor(command: string, args: readonly string[], options: StartOptions = {}) {
    const shown = options.output === 'show';
    // What is shown has come through a pipe, which would cost it its colours.
    const colour = shown && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    this.child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...cleanEnvironment(), ...colour, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      windowsHide: true,
    });
    running.add(this);
    const keep = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
      if (shown) to.write(chunk);
      this.append(chunk.toString());
    };
    this.child.stdout?.on('data', keep(process.stdout));
    this.child.stderr?.on('data', keep(process.stderr));
    this.exited = new Promise((resolve) => {
      const finish = (code: number | null): void => {
        this.ended = true;
        running.delete(this);
        this.notify();
        resolve(code);
      };
      this.child.once('error', (error) => {
        this.append(`${error.message}\n`);
        finish(null);
      });
      this.child.once('close', finish);
      // A grandchild may hold the pipes open for ever: once the program is gone, close them.
      this.child.once('exit', () => {
        setTimeout(() => {
          this.child.stdout?.destroy();
          this.child.stderr?.destroy();
        }, 2000).unref();
      });
    });
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  get alive(): boolean {
    return !this.ended;
  }

  /** Resolves when `check` is true of the output so far; false when the program ends first. */
  waitForOutput(check: (output: string) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = check(this.output);
        if (!found && !this.ended) return;
        this.listeners.delete(look);
        resolve(found);
      };
      this.listeners.add(look);
      look();
    });
  }

  /** Ends the program and all it started; what does not end by itself in time is made to. */
  async stop(): Promise<void> {
    if (!this.alive) return;
    this.signal('SIGTERM');
    const end = Date.now() + graceMs;
    while (Date.now() < end && this.remains()) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.signal('SIGKILL');
    await this.exited;
  }

  /** Ends it at once, without waiting: for the last moments of this process. */
  kill(): void {
    if (this.alive) this.signal('SIGKILL');
  }

  private signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (!windows) process.kill(-pid, name);
      else if (this.alive)
        spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    } catch {
      // No such process group any more: that is what was wanted.
    }
  }

  /** True while a program of the group runs, also when its leader has ended. */
  private remains(): boolean {
    const { pid } = this.child;
    if (windows || pid === undefined) return !this.ended;
    try {
      return process.kill(-pid, 0);
    } catch {
      return false;
    }
  }

  private append(text: string): void {
    this.signs += 1;
    this.output = (this.output + text).slice(-keptOutput);
    this.notify();
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** This process's environment without what a surrounding VS Code or an earlier run put there. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(VSCODE_|ELECTRON_|EXOTEL_SIP_|CODE_SERVER_|CS_|PASSWORD$|HASHED_PASSWORD$|PORT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** A program that says nothing for so long is given up, in ms; how long it takes does not matter. */
const usualSilence = 10 * 60_000;

export interface RunOptions extends StartOptions {
  /** After so many milliseconds without a sign of life the program is stopped and counts as failed. */
  readonly silenceMs?: number;
  /** A file whose being touched is a sign of life too. */
  readonly heartbeat?: string;
}

export interface RunResult {
  readonly ok: boolean;
  /** It was stopped because nothing was heard of it any more. */
  readonly fellSilent: boolean;
  readonly output: string;
}

/** Runs a program to its end. Never throws: what went wrong is in the result. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const program = new Program(command, args, options);
  const limit = options.silenceMs ?? usualSilence;
  let fellSilent = false;
  let heard = '';
  let silentMs = 0;
  // Looks are counted, not the clock read: while this process itself sleeps or starves, nothing is silent.
  const watch = setInterval(() => {
    const signs = `${program.signs} ${beatOf(options.heartbeat)}`;
    silentMs = signs === heard ? silentMs + lookMs : 0;
    heard = signs;
    if (silentMs < limit || fellSilent) return;
    fellSilent = true;
    void program.stop();
  }, lookMs);
  const code = await program.exited;
  clearInterval(watch);
  return { ok: code === 0 && !fellSilent, fellSilent, output: program.output };
}

/** How often a program is looked after, in ms. */
const lookMs = 500;

function beatOf(file: string | undefined): number {
  if (file === undefined) return 0;
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Runs a JavaScript program of node_modules or the repository with this Node. */
export function runNode(args: readonly string[], options?: RunOptions): Promise<RunResult> {
  return run(process.execPath, args, options);
}

/** Runs npm itself: the one that started us when there is one, else the one on PATH. */
export function runNpm(args: readonly string[], options?: RunOptions): Promise<RunResult> {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('.js') === true) return runNode([cli, ...args], options);
  if (windows) return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
  return run(onPath('npm') ?? 'npm', args, options);
}

export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((program) => program.stop()));
}

let guarded = false;

/** From here on an interrupt stops every program first, and nothing outlives this process. */
export function stopProgramsOnExit(): void {
  if (guarded) return;
  guarded = true;
  process.once('exit', killAll);
  let since: number | undefined;
  const stop = (code: number): void => {
    // One interrupt may arrive twice, from the terminal and from npm; a later one means "at once".
    if (since !== undefined && Date.now() - since > 1000) process.exit(code);
    if (since !== undefined) return;
    since = Date.now();
    void stopAll().finally(() => process.exit(code));
  };
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
  process.on('SIGHUP', () => stop(129));
  // Ending npm ends the shell between npm and this process, but tells this process nothing.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && since === undefined) stop(143);
  }, 1000).unref();
}

function killAll(): void {
  for (const program of running) program.kill();
}
