import {
  DefaultTokenResolver,
  Stack,
  StringConcat,
  Tokenization,
  type IResolvable,
  type IResolveContext,
} from 'aws-cdk-lib';
import type { Manifest } from '../../fargate/manifest/manifest';

/** Pseudo parameters of CloudFormation in a rehearsal, but for the region. */
const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * Objects with a plain text for each value that only a deploy knows: a pseudo parameter gets one that could be, a
 * reference to a resource its logical ID, an attribute `LOGICALID.ATTRIBUTE`.
 */
export function withLiteralValues(objects: readonly Manifest[], region: string): readonly Manifest[] {
  return Tokenization.resolve(objects, {
    // A reference needs a stack to be read in; any will do.
    scope: new Stack(),
    resolver: new LiteralResolver({ ...pseudoParameters, 'AWS::Region': region }),
  }) as readonly Manifest[];
}

class LiteralResolver extends DefaultTokenResolver {
  constructor(private readonly parameters: Readonly<Record<string, string>>) {
    super(new StringConcat());
  }

  override resolveToken(
    ...args: readonly [IResolvable, IResolveContext, Parameters<DefaultTokenResolver['resolveToken']>[2]]
  ): unknown {
    return this.literal(super.resolveToken(...args));
  }

  /** The text of an intrinsic function. */
  private literal(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    if (name === 'Ref') {
      return this.parameters[String(argument)] ?? String(argument);
    }
    return name.startsWith('Fn::')
      ? [argument]
          .flat()
          .map((part) => String(this.literal(part)))
          .join('.')
      : value;
  }
}
