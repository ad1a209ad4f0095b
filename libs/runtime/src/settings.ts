import { readFileSync } from 'node:fs';
import type { z } from 'zod';

type Environment = Record<string, string | undefined>;

export interface SettingsProblem {
  variable: string;
  rule: string;
}

/** Names every variable that is wrong and the rule it breaks, never what it holds. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly SettingsProblem[]) {
    super(problems.map(({ variable, rule }) => `${variable}: ${rule}`).join('\n'));
    this.name = 'SettingsError';
  }
}

/** Some of zod's sentences quote what was given, so the rule is told without them where they could. */
function ruleOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const at = place === '' ? '' : ` at ${place}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has a name that is not known${at}`;
    case 'invalid_key':
    case 'invalid_element':
      return 'has an entry that does not fit';
    default:
      return `${issue.message}${at}`;
  }
}

function checkOne(variable: string, schema: z.core.$ZodType, value: string | undefined): SettingsProblem[] {
  try {
    const result = (schema as z.ZodType).safeParse(value);
    if (result.success) return [];
    if (value === undefined) return [{ variable, rule: 'is required' }];
    return result.error.issues.map((issue) => ({ variable, rule: ruleOf(issue) }));
  } catch {
    // A schema that throws, for example JSON.parse in a transform, quotes the value in its error.
    return [{ variable, rule: 'cannot be read in the form that is asked for' }];
  }
}

/** The variable itself or the file that `<NAME>_FILE` points to; an empty value counts as not given. */
function lookUp(variable: string, env: Environment): { value?: string; problem?: SettingsProblem } {
  const direct = env[variable] === '' ? undefined : env[variable];
  const file = env[`${variable}_FILE`];
  if (file === undefined || file === '') return { value: direct };
  if (direct !== undefined) {
    return { problem: { variable, rule: `is given twice: set either ${variable} or ${variable}_FILE` } };
  }
  try {
    return { value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return { problem: { variable: `${variable}_FILE`, rule: `names a file that cannot be read (${code})` } };
  }
}

/**
 * Reads the variables that `schema` names from the environment; each may come from the file in `<NAME>_FILE` instead.
 * Throws {@link SettingsError} with all problems at once.
 */
export function readSettings<S extends z.ZodObject>(schema: S, env: Environment = process.env): z.output<S> {
  const problems: SettingsProblem[] = [];
  const values: Environment = {};
  for (const [variable, rule] of Object.entries<z.core.$ZodType>(schema.shape)) {
    const { value, problem } = lookUp(variable, env);
    values[variable] = value;
    problems.push(...(problem ? [problem] : checkOne(variable, rule, value)));
  }
  if (problems.length > 0) throw new SettingsError(problems);

  const whole = schema.safeParse(values);
  if (whole.success) return whole.data;
  throw new SettingsError(
    whole.error.issues.map((issue) => ({ variable: String(issue.path[0] ?? 'settings'), rule: issue.message })),
  );
}
