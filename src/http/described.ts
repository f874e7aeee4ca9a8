// A route as it is described: for the description of the API, and for whoever checks it.

export interface DescribedRoute {
  method: string;
  url: string;
  access: string;
  stepUp: boolean;
  /** Every code that it may refuse with. */
  errors: string[];
  /** What it takes and answers, as JSON Schema. */
  schema: RouteSchema;
}

export interface RouteSchema {
  params?: object;
  querystring?: object;
  body?: object;
  response: Record<string, object>;
}
