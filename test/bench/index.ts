// All figures, in the order in which they are measured.

import { audit } from './audit.ts';
import { command } from './command.ts';
import type { Figure } from './figure.ts';
import { search } from './search.ts';

export const figures: Figure[] = [command, search, audit];
