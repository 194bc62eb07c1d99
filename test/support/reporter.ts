// Mocha's usual output, and the results file for the run that started this one.
import Mocha from 'mocha';
import { recordResults, resultsVariable } from './results';

class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env[resultsVariable];
    if (file !== undefined) recordResults(runner, file);
  }
}

export = Reporter;
