/** The routes of the rights desk, the audit log, incidents, and of what two people decide. */
import { ask, get, post } from './api.ts';
import type {
  Candidate,
  FoundOfPerson,
  Incident,
  ListedRequest,
  LogPage,
  LogState,
  NewRequest,
  Packed,
  RightsFigures,
  WholeRequest,
} from './law-types.ts';
import type { Approval, HoldWish } from './retention-types.ts';

const request = (id: string) => `/api/rights/${encodeURIComponent(id)}`;
const incident = (id: string) => `/api/incidents/${encodeURIComponent(id)}`;
const hold = (id: string) => `/api/holds/${encodeURIComponent(id)}`;

export const lawApi = {
  requests: () => get<{ figures: RightsFigures; requests: ListedRequest[] }>('/api/rights'),
  request: (id: string) => get<WholeRequest>(request(id)),
  openRequest: (wish: NewRequest) => post<ListedRequest>('/api/rights', wish),
  identify: (id: string, how: string) => post(`${request(id)}/identity`, { how }),
  extend: (id: string, wish: { reason: string; toldAt: string }) => post(`${request(id)}/extension`, wish),
  searchFor: (id: string, wish: { numbers?: string[]; calls?: string[] }) =>
    post<FoundOfPerson>(`${request(id)}/search`, wish),
  findCalls: (id: string, wish: { from: string; to: string; line?: string; extension?: string }) =>
    post<{ calls: Candidate[] }>(`${request(id)}/find`, wish),
  note: (id: string, text: string) => post(`${request(id)}/note`, { text }),
  object: (id: string, numbers: string[]) => post(`${request(id)}/objection`, { numbers }),
  askErasure: (id: string) => post<{ approval: string }>(`${request(id)}/erasure`, {}),
  answer: (id: string, wish: { outcome: string; reason: string }) => post(`${request(id)}/answer`, wish),
  closeRequest: (id: string, how: string) => post(`${request(id)}/close`, { how }),
  letterAddress: (id: string, language: string) => `${request(id)}/letter?language=${language}`,
  makePackage: (id: string, withhold: Record<string, string>) =>
    post<Packed>(`${request(id)}/package`, { withhold }),
  packageAddress: (id: string, ticket: string) => `${request(id)}/package?ticket=${ticket}`,

  log: (query: URLSearchParams) => get<LogPage>(`/api/audit?${query}`),
  logState: () => get<LogState>('/api/audit/state'),
  hashes: (index: number) => get<{ leaf: string; payload: string }>(`/api/audit/entries/${index}/hashes`),
  makeLogExport: (reason: string) => post<Packed>('/api/audit/export', { reason }),
  logExportAddress: (ticket: string) => `/api/audit/export?ticket=${ticket}`,

  incidents: () => get<{ incidents: Incident[] }>('/api/incidents'),
  incident: (id: string) => get<Incident>(incident(id)),
  openIncident: (wish: Record<string, unknown>) => post<Incident>('/api/incidents', wish),
  notified: (id: string, wish: { at: string; reference: string }) =>
    post<Incident>(`${incident(id)}/notified`, wish),
  closeIncident: (id: string, note: string) => post<Incident>(`${incident(id)}/close`, { note }),
  noticeAddress: (id: string, language: string) => `${incident(id)}/notice?language=${language}`,
  makeIncidentPackage: (id: string) => post<Packed>(`${incident(id)}/package`, {}),
  incidentPackageAddress: (id: string, ticket: string) => `${incident(id)}/package?ticket=${ticket}`,

  askHold: (wish: HoldWish) => post<Approval>('/api/holds', wish),
  askRenewal: (id: string, wish: { endsAt: string; reason: string }) =>
    post<Approval>(`${hold(id)}/renewal`, wish),
  askRelease: (id: string, reason: string) => post<Approval>(`${hold(id)}/release`, { reason }),
  askDestruction: (id: string, wish: { reason: string; note: string }) =>
    post<Approval>(`/api/recordings/${encodeURIComponent(id)}/destruction`, wish),

  /** A draft as it is read; the same address is the one to keep it from. */
  text: async (address: string) => (await ask(address)).text(),
};

/** Keeps what an address answers as a file. */
export function keep(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
