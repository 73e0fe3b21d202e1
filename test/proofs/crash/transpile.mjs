/**
 * Writes the application as plain JavaScript into a directory: `node transpile.mjs <directory>`. Quicker than the compiler,
 * which checks types as well, and done once, where hooks would do it again at every start.
 */
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const project = join(import.meta.dirname, '../../..');
const target = process.argv[2];
if (target === undefined) throw new Error('name a directory');

const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), (path) => ts.sys.readFile(path));
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, project);
const compilerOptions = { ...options, module: ts.ModuleKind.ESNext, sourceMap: false, inlineSourceMap: true };

for (const root of ['src', 'migrations']) {
  for (const path of await readdir(join(project, root), { recursive: true })) {
    const from = join(project, root, path);
    const to = join(target, root, path);
    const isTypeScript = path.endsWith('.ts') && !path.endsWith('.spec.ts');
    if (!isTypeScript && !path.endsWith('.sql')) continue;
    await mkdir(dirname(to), { recursive: true });
    if (isTypeScript) {
      const { outputText } = ts.transpileModule(await readFile(from, 'utf8'), { compilerOptions, fileName: from });
      await writeFile(to.replace(/\.ts$/, '.js'), outputText);
    } else await copyFile(from, to);
  }
}
await copyFile(join(project, 'package.json'), join(target, 'package.json'));
// `junction` is what Windows allows without rights of an administrator; elsewhere it means nothing.
await symlink(join(project, 'node_modules'), join(target, 'node_modules'), 'junction');
