/** The description of the API, as far as the page reads it. */

export interface FieldSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: FieldSchema[];
  allOf?: FieldSchema[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  patternProperties?: Record<string, FieldSchema>;
  required?: string[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

type Content = Record<string, { schema: FieldSchema }>;

export interface Operation {
  summary: string;
  tags: string[];
  'x-title-fr': string;
  'x-permission': string;
  'x-roles': string[];
  'x-step-up': boolean;
  'x-errors': string[];
  parameters?: { name: string; in: 'path' | 'query'; required: boolean; schema: FieldSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

export interface ErrorCode {
  status: number;
  en: string;
  fr: string;
}

export interface ApiDocument {
  info: { version: string };
  tags: { name: string; description: string; 'x-title-fr': string }[];
  paths: Record<string, Record<string, Operation>>;
  'x-error-codes': Record<string, ErrorCode>;
}
