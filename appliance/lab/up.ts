// `make up`: from a bare Debian machine to a working lab. Each step looks first whether it is done already, so that an
// interrupted run is taken up again and a second run only provisions anew.
import { buildAppliance } from './appliance-build.ts';
import { provideBase } from './base-image.ts';
import { bringUp } from './boot.ts';
import { makeDemoKeys } from './demo-keys.ts';
import { makeDemoLogins } from './demo-login.ts';
import { provideDisk } from './disk.ts';
import { placeFirstCall } from './first-call.ts';
import { installHostPackages } from './host-packages.ts';
import { type Lab, openLab } from './lab.ts';
import { lock } from './lock.ts';
import { remember } from './memo.ts';
import { connectStep } from './network.ts';
import { forTheLab } from './packages.ts';
import { checkMachine, checkRoot } from './preflight.ts';
import { runAsCommand } from './problem.ts';
import { provisionStep } from './provision.ts';
import { steps } from './steps.ts';
import { printSummary } from './summary.ts';

/** Makes the lab, or brings it up to date. */
export async function up(lab: Lab): Promise<void> {
  const step = steps(11);
  await step('looking at this machine', () => checkMachine(lab));
  await step('installing what the lab needs here', (report) => installHostPackages(forTheLab, report));
  await step('building the appliance', buildAppliance);
  await step('building the base system', (report) => provideBase(lab, report));
  remember(lab.state, { subnet: lab.subnet });
  await step('making the demo keys, outside the box', () => makeDemoKeys(lab));
  await step('giving the box its disk', () => provideDisk(lab));
  await step('connecting the box', () => connectStep(lab));
  await step('booting the box', () => bringUp(lab));
  await step('provisioning the box', (report) => provisionStep(lab, report));
  await step('creating the demo logins', () => makeDemoLogins(lab));
  await step('placing a fictitious call', (report) => placeFirstCall(lab, report));
  await printSummary(lab);
}

if (import.meta.main) {
  await runAsCommand(async () => {
    checkRoot();
    const lab = openLab();
    await lock(`lab ${lab.name}`);
    await up(lab);
  }, 'make up goes on where it was, make down removes what there is');
}
