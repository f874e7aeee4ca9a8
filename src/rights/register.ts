// The register of requests: numbered files in one folder.

import { GreffierError } from '../shared/errors.ts';
import { type Before, type NumberedFiles, numberedFiles } from '../shared/numbered-files.ts';
import { type Request, readRequest } from './request.ts';

export interface Register extends Omit<NumberedFiles<Request>, 'add'> {
  /** Adds a request; the year is that of its receipt. Returns it with its number. What `before` throws, it throws. */
  add(request: Omit<Request, 'id'>, before?: Before): Promise<Request>;
}

/**
 * The register in the given folder, which is made when something is first written. Its verbs throw `no-such-request`,
 * `bad-request-file` and `busy`.
 */
export function openRegister(folder: string): Register {
  const files = numberedFiles<Request>(folder, readRequest, noSuchRequest);
  return {
    ...files,
    add: (request, before) => files.add(request.receivedAt.slice(0, 4), request, before),
  };
}

function noSuchRequest(id: string): GreffierError {
  return new GreffierError('no-such-request', `no request ${id}`, {
    hint: 'greffier rights list shows their numbers',
    status: 404,
  });
}
