// Builds dist/: the extension host's side in parts that are loaded when used, the sandbox and the reading of
// long traces among them, and the browser side of the panels. Flags: --production minifies and leaves source
// maps out, --watch rebuilds, --tests also builds out/host/, the mocha bundles that run inside the extension
// host, --meta writes out/meta.json.
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { basename, join } = require('node:path');
const esbuild = require('esbuild');

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/**
 * A part that holds no source file does nothing by itself: where it is imported for no name, the import goes,
 * and an empty one goes altogether.
 */
function withoutIdleParts({ outputs }, files) {
  const idle = new Set(
    Object.keys(outputs)
      .filter((path) => Object.keys(outputs[path].inputs).length === 0)
      .map((path) => basename(path)),
  );
  for (const { path, text } of files) {
    const output = Object.keys(outputs).find((one) => basename(one) === basename(path));
    if (text === '') delete outputs[output];
    else {
      outputs[output].imports = outputs[output].imports.filter(
        ({ path: part }) =>
          !idle.has(basename(part)) || new RegExp(`from ?"\\./${basename(part)}"`).test(text),
      );
    }
  }
  return files
    .filter(({ text }) => text !== '')
    .map(({ path, text }) => ({
      path,
      text: text.replace(/\bimport ?"\.\/([\w.-]+)";/g, (all, part) => (idle.has(part) ? '' : all)),
    }));
}

/**
 * esbuild splits ES modules only, and a host takes 2 ms for each file of those and 0.4 ms for a CommonJS one
 * (`npm run bench` shows what a start costs). So the split files become CommonJS, `import()` a `require` in
 * its turn, before they are written. Forks of VS Code that lack its loader for ES modules start us too.
 */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    const { outdir, minify, sourcemap } = build.initialOptions;
    build.onEnd(async ({ errors, outputFiles, metafile }) => {
      if (errors.length > 0) return;
      mkdirSync(outdir, { recursive: true });
      await Promise.all(
        withoutIdleParts(metafile, outputFiles).map(async ({ path, text }) => {
          const { code, map } = await esbuild.transform(text, {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            supported: { 'dynamic-import': false },
            minify,
            sourcemap: sourcemap === false ? false : 'external',
            sourcefile: basename(path),
            legalComments: 'none',
          });
          const link = map === '' ? '' : `//# sourceMappingURL=${basename(path)}.map\n`;
          writeFileSync(path, code + link);
          if (map !== '') writeFileSync(`${path}.map`, map);
        }),
      );
    });
  },
};

/** The toolkit's styles and templates are texts to esbuild, which leaves their indentation in. */
const withoutIndentation = {
  name: 'without-indentation',
  setup(build) {
    build.onLoad({ filter: /(\.styles|\.template|patterns[\\/]\S+)\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\n\s+/g, '\n'),
      loader: 'js',
    }));
  },
};

const common = {
  bundle: true,
  // A linked node_modules is still node_modules: the licences are found by that name.
  preserveSymlinks: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The polyfill is node-fetch's for Nodes without web streams; it is never loaded on ours.
  external: ['vscode', 'web-streams-polyfill'],
};

/** @type {import('esbuild').BuildOptions[]} */
const builds = [
  {
    ...node,
    entryPoints: {
      extension: 'src/extension.ts',
      sandbox: 'src/sandbox/index.ts',
      'trace-worker': 'src/app/explain/trace-worker.ts',
    },
    outdir: 'dist',
    chunkNames: 'part-[name]-[hash]',
    format: 'esm',
    splitting: true,
    // Chained into the maps of the CommonJS files.
    sourcemap: production ? false : 'inline',
    write: false,
    plugins: [asCommonJs],
  },
  {
    // The terminal's program, one file that needs nothing beside it.
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    define: { VERSION: JSON.stringify(require('./package.json').version) },
    // CommonJS packages in it ask for Node's own modules by require.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
  },
  {
    ...common,
    entryPoints: { panel: 'src/webview/panel.ts', troubleshoot: 'src/webview/trace/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    chunkNames: 'part-[name]-[hash]',
    format: 'esm',
    splitting: true,
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    plugins: production ? [withoutIndentation] : [],
  },
];
if (flags.has('--tests')) {
  rmSync('out/host', { recursive: true, force: true });
  builds.push({
    ...node,
    minify: false,
    entryPoints: ['test/host/index.ts', 'test/host/**/*.test.ts'],
    outbase: 'test/host',
    outdir: 'out/host',
    external: [...node.external, 'mocha'],
  });
}

/** The licences of the packages whose code or font ended up in a bundle: shipping them is a condition. */
function thirdPartyNotices(metafiles) {
  const packages = new Set();
  for (const { inputs } of metafiles) {
    for (const file of Object.keys(inputs)) {
      const found = /^(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file);
      if (found !== null) packages.add(found[1]);
    }
  }
  const notices = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `Exotel SIP Trunks contains these packages.${rule}${notices.join(rule)}\n`;
}

async function main() {
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist', { recursive: true });
  if (flags.has('--watch')) {
    const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
    // The first build is awaited: F5 starts when "watching" is printed.
    await Promise.all(contexts.map((context) => context.rebuild()));
    await Promise.all(contexts.map((context) => context.watch()));
    console.log('watching');
    return;
  }
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  for (const { metafile } of results) {
    for (const file of Object.keys(metafile.outputs)) {
      if (file.endsWith('.map')) continue;
      console.log(`${file} ${(statSync(file).size / 1000).toFixed(1)} KB`);
    }
  }
  if (production) {
    const metafiles = results.map(({ metafile }) => metafile);
    writeFileSync('dist/ThirdPartyNotices.txt', thirdPartyNotices(metafiles));
    // VS Code's details page shows no pictures from the package: the packaged README goes without.
    const readme = readFileSync('README.md', 'utf8').replace(/^!\[.*\n\n?/gm, '');
    writeFileSync('dist/README.md', readme);
  }
  if (flags.has('--meta')) {
    mkdirSync('out', { recursive: true });
    const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
    writeFileSync('out/meta.json', JSON.stringify(outputs, null, 2));
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
