import { findResponse } from '../../operations/index.ts';
import type { Content, Operation, OperationParameter, ResponseRule } from '../../operations/index.ts';
import { compileBranches } from './branches.ts';
import type { Branches } from './branches.ts';
import { createEnumCells } from './enum-cells.ts';
import type { EnumCells } from './enum-cells.ts';
import { createTallies } from './tally.ts';
import type { Tallies, Tally } from './tally.ts';
import { transitionsOf } from './transitions.ts';
import type { RememberedDocument, Transitions } from './transitions.ts';
import type { ValuePlan } from './value-plan.ts';

/** Everything that a document and its state file say can happen in one operation, made once. */
export interface OperationCells {
  readonly tallies: Tallies;
  readonly parameters: readonly ParameterCells[];
  readonly request: ReadonlyMap<Content, BodyCells>;
  readonly responses: ReadonlyMap<ResponseRule, ResponseCells>;
  readonly transitions: TransitionCells | undefined;
  exchanges: number;
  failing: number;
}

export interface ParameterCells {
  readonly place: OperationParameter['in'];
  readonly name: string;
  readonly cell: Tally;
  readonly values: ValuePlan | undefined;
}

export interface BodyCells {
  readonly mediaType: Tally;
  readonly values: ValuePlan | undefined;
  readonly branches: Branches | undefined;
}

export interface ResponseCells {
  readonly status: Tally;
  /** Where the state file tells failures by the body: what became of the request. */
  readonly success: Tally | undefined;
  readonly failure: Tally | undefined;
  readonly contents: ReadonlyMap<Content, BodyCells>;
}

export interface TransitionCells {
  readonly told: Transitions['told'];
  /** By the status before, then by the one after. */
  readonly byStatus: ReadonlyMap<string, ReadonlyMap<string, Tally>>;
}

/** @param remembered what the state file of the operation's document says. */
export function compileCells(operation: Operation, remembered: RememberedDocument | undefined): OperationCells {
  const tallies = createTallies();
  const enums = createEnumCells(tallies, operation.validators.lookup);
  // Cells stand in the order in which they are made: statuses and bodies first, then what is inside of them. Plans of values come last, since their cells are limited.
  const outlines = operation.responses.map((rule) => outlineOf(operation, rule, remembered, tallies));
  const requestTypes = (operation.requestBody?.contents ?? []).map((content) => ({
    content,
    mediaType: tallies.at('media-type', `request ${content.mediaType}`),
  }));
  const parameterCells = operation.parameters.map((parameter) => ({
    parameter,
    cell: tallies.at('parameter', `${parameter.in} ${parameter.name}`),
  }));
  return {
    tallies,
    parameters: parameterCells.map(({ parameter, cell }) => ({
      place: parameter.in,
      name: parameter.name,
      cell,
      values: parameter.schema === undefined ? undefined : enums.add(cell.name, parameter.schema, 'request'),
    })),
    request: new Map(
      requestTypes.map(({ content, mediaType }) => {
        return [content, { mediaType, values: valuesOf('body', content, 'request', enums), branches: undefined }] as const;
      }),
    ),
    responses: new Map(
      outlines.map(({ rule, contents, ...cells }) => {
        const bodies = contents.map(({ content, mediaType, branches }) => {
          return [content, { mediaType, branches, values: valuesOf(rule.status, content, 'response', enums) }] as const;
        });
        return [rule, { ...cells, contents: new Map(bodies) }] as const;
      }),
    ),
    transitions: transitionCells(operation, remembered, tallies),
    exchanges: 0,
    failing: 0,
  };
}

/** The cells of a response but for the values in it. */
function outlineOf(operation: Operation, rule: ResponseRule, remembered: RememberedDocument | undefined, tallies: Tallies) {
  const status = tallies.at('status', rule.status);
  const isTold = isToldByBody(operation, rule, remembered);
  const success = isTold ? tallies.at('branch', `${rule.status} success`) : undefined;
  const failure = isTold ? tallies.at('branch', `${rule.status} failure`) : undefined;
  const contents = rule.contents.map((content) => ({
    content,
    mediaType: tallies.at('media-type', `${rule.status} ${content.mediaType}`),
    branches: compileBranches(operation, rule, content, tallies),
  }));
  return { rule, status, success, failure, contents };
}

/** Whether a failure comes with this response of success: then only the envelope tells. */
function isToldByBody(operation: Operation, rule: ResponseRule, remembered: RememberedDocument | undefined): boolean {
  if (remembered === undefined) return false;
  const { operations, envelope } = remembered.model;
  const { errorStatus } = operations.get(operation.id)?.envelope ?? envelope;
  return errorStatus !== undefined && errorStatus < 300 && findResponse(operation, errorStatus) === rule;
}

function valuesOf(prefix: string, { validator }: Content, view: 'request' | 'response', enums: EnumCells): ValuePlan | undefined {
  return validator === undefined ? undefined : enums.add(prefix, validator.schema, view);
}

function transitionCells(operation: Operation, remembered: RememberedDocument | undefined, tallies: Tallies): TransitionCells | undefined {
  const transitions = remembered === undefined ? undefined : transitionsOf(remembered, operation.id);
  if (transitions === undefined) return undefined;
  const byStatus = new Map<string, Map<string, Tally>>();
  for (const [from, to] of transitions.pairs) {
    const targets = byStatus.get(from) ?? new Map<string, Tally>();
    byStatus.set(from, targets);
    targets.set(to, tallies.at('transition', `${from} -> ${to}`));
  }
  return { told: transitions.told, byStatus };
}
